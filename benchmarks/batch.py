"""A thousand scorecards against scripts that write the same with openpyxl and XlsxWriter."""

from __future__ import annotations

import csv
import functools
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import xlsxwriter

from benchmarks.cases import KENT, workbook_of
from benchmarks.machine import machine
from scorecard_xl.batch import BatchTables, make_batch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

INDICATORS = 42
OURS, THEIRS = 1_000, 150
# Taken in turn, so that what else the machine does is shared.
ROUNDS = 3
MANY = 10_000
_AS_AT = "2013-01-31"


def write_tables(folder: Path, areas: int) -> BatchTables:
    """Long tables of so many areas, each with shares of Kent's counts and with results near Kent's.

    The numbers are drawn anew for each area, always the same for the same number of areas.
    """
    chance = random.Random(areas)
    folder.mkdir(parents=True, exist_ok=True)
    counts, history = (_rows_of(KENT / f"{name}.csv") for name in ("counts", "history"))
    tables = BatchTables(counts=folder / "counts.csv", history=folder / "history.csv")
    assert tables.history is not None
    with (
        tables.counts.open("w", encoding="utf-8", newline="") as of_counts,
        tables.history.open("w", encoding="utf-8", newline="") as of_history,
    ):
        now, before = csv.writer(of_counts), csv.writer(of_history)
        now.writerow(["area", "as_at", "code", "value"])
        before.writerow(["area", "as_at", "indicator", "result"])
        for number in range(areas):
            area, share = f"District {number:06}", chance.uniform(0.03, 0.2)
            for row in counts:
                value = round(float(row["value"]) * share * chance.uniform(0.95, 1.05))
                now.writerow([area, _AS_AT, row["code"], value])
            for row in history:
                result = float(row["result"])
                drawn = result * chance.uniform(0.9, 1.1)
                shown = round(min(drawn, 100.0) if result <= 100 else drawn, 1)
                before.writerow([area, row["as_at"], row["indicator"], shown])
    return tables


def _rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_openpyxl(
    template: Path, target: Path, *, cells: Sequence[tuple[str, int, int, Any]]
) -> None:
    """Load the template, write the cells, save, and have it on disk."""
    workbook = openpyxl.load_workbook(template)
    for sheet, row, column, value in cells:
        workbook[sheet].cell(row, column).value = value
    workbook.save(target)
    _on_disk(target)


def cells_that_differ(template: Path, made: Path) -> list[tuple[str, int, int, Any]]:
    """What a script would have to write into the template: every cell that holds something else."""
    before, after = openpyxl.load_workbook(template), openpyxl.load_workbook(made)
    values = (
        openpyxl.load_workbook(template, data_only=True),
        openpyxl.load_workbook(made, data_only=True),
    )
    return [
        (sheet.title, cell.row, cell.column, cell.value)
        for sheet in after
        for row in sheet.iter_rows()
        for cell in row
        if type(cell).__name__ == "Cell"
        and (
            cell.value != before[sheet.title].cell(cell.row, cell.column).value
            or values[0][sheet.title].cell(cell.row, cell.column).value
            != values[1][sheet.title].cell(cell.row, cell.column).value
        )
    ]


class Written:
    """Everything that a made workbook holds, for XlsxWriter to write from scratch."""

    def __init__(self, made: Path) -> None:
        workbook = openpyxl.load_workbook(made)
        values = openpyxl.load_workbook(made, data_only=True)
        self._names = {name: each.attr_text for name, each in workbook.defined_names.items()}
        self._sheets = [_Sheet(sheet, values[sheet.title]) for sheet in workbook]

    def write(self, target: Path) -> None:
        """Write it all, and have it on disk."""
        book = xlsxwriter.Workbook(target)
        formats: dict[tuple[Any, ...], Any] = {}
        for own in self._sheets:
            own.write(book, formats)
        for name, text in self._names.items():
            book.define_name(name, f"={text}")
        book.close()
        _on_disk(target)


class _Sheet:
    """What one sheet holds: cells, widths, heights, rules, lists, tables, how it prints."""

    def __init__(self, sheet: Any, values: Any) -> None:
        self._title = sheet.title
        self._widths = {letters: each.width for letters, each in sheet.column_dimensions.items()}
        self._heights = {
            number: each.height for number, each in sheet.row_dimensions.items() if each.height
        }
        self._cells = [
            (
                cell.row - 1, cell.column - 1, cell.value,
                values.cell(cell.row, cell.column).value, _look_of(cell),
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style
        ]  # fmt: skip
        self._tables = [
            (table.name, table.ref, [column.name for column in table.tableColumns])
            for table in sheet.tables.values()
        ]
        self._rules = [
            (str(each.sqref), rule.type, rule.formula[0])
            for each in sheet.conditional_formatting
            for rule in each.rules
            if rule.type in ("cellIs", "expression") and " " not in str(each.sqref)
        ]
        self._lists = [
            (str(each.sqref), each.formula1)
            for each in sheet.data_validations.dataValidation
            if each.type == "list" and " " not in str(each.sqref)
        ]

    def write(self, book: Any, formats: dict[tuple[Any, ...], Any]) -> None:
        """Write it all."""
        sheet = book.add_worksheet(self._title)
        for letters, width in self._widths.items():
            sheet.set_column(f"{letters}:{letters}", width)
        for number, height in self._heights.items():
            sheet.set_row(number - 1, height)
        for row, column, content, value, look in self._cells:
            if look not in formats:
                formats[look] = book.add_format(dict(look))
            _write(sheet, row, column, content, value, formats[look])
        for name, area, headings in self._tables:
            columns = [{"header": heading} for heading in headings]
            sheet.add_table(area, {"name": name, "columns": columns, "style": None})
        for area, kind, formula in self._rules:
            rule = {"format": book.add_format({"bold": True, "bg_color": "#57B894"})}
            if kind == "cellIs":
                rule |= {"type": "cell", "criteria": "==", "value": formula}
            else:
                rule |= {"type": "formula", "criteria": f"={formula}"}
            sheet.conditional_format(area, rule)
        for area, source in self._lists:
            sheet.data_validation(area, {"validate": "list", "source": f"={source.strip('=')}"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_footer("&LScorecard&RPage &P of &N")


def _write(sheet: Any, row: int, column: int, content: Any, value: Any, look: Any) -> None:
    if content is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(content, str) and content.startswith("="):
        sheet.write_formula(row, column, content, look, "" if value is None else value)
    elif isinstance(content, str):
        sheet.write_string(row, column, content, look)
    elif hasattr(content, "year"):
        sheet.write_datetime(row, column, content, look)
    else:
        sheet.write_number(row, column, content, look)


def _look_of(cell: Any) -> tuple[tuple[str, Any], ...]:
    look: dict[str, Any] = {"num_format": cell.number_format, "font_size": cell.font.sz or 10}
    look |= {"bold": bool(cell.font.b), "text_wrap": bool(cell.alignment.wrap_text)}
    if cell.fill.fill_type and isinstance(cell.fill.fgColor.rgb, str):
        look["bg_color"] = f"#{cell.fill.fgColor.rgb[2:]}"
    if cell.border.bottom.style:
        look["border"] = 1
    return tuple(look.items())


def _on_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def seconds_each(make: Callable[[Path], object], folder: Path, count: int) -> list[float]:
    """How long each of so many files takes."""
    taken = []
    for number in range(count):
        start = time.perf_counter()
        make(folder / f"theirs_{number % 2}.xlsx")
        taken.append(time.perf_counter() - start)
    return taken


def alone(*arguments: object) -> list[float]:
    """What this module prints in a process of its own, where nothing is left of others."""
    command = [sys.executable, "-m", "benchmarks.batch", *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return [float(word) for word in done.stdout.split()]


def run_ours(folder: Path, template: Path) -> None:
    """Make a batch; print the seconds for each workbook, and the most memory taken, in KiB."""
    tables = BatchTables(counts=folder / "counts.csv", history=folder / "history.csv")
    shutil.rmtree(folder / "made", ignore_errors=True)
    start = time.perf_counter()
    outcome = make_batch(tables, template=template, folder=folder / "made", workers=1)
    taken = time.perf_counter() - start
    assert not outcome.failures
    print(taken / outcome.made, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def run_theirs(name: str, template: Path, made: Path, count: int) -> None:
    """Write what a made workbook holds with a rival, and print the seconds that each took."""
    rivals: dict[str, Callable[[], Callable[[Path], object]]] = {
        "openpyxl": lambda: functools.partial(
            by_openpyxl, template, cells=cells_that_differ(template, made)
        ),
        "XlsxWriter": lambda: Written(made).write,
    }
    with tempfile.TemporaryDirectory() as folder:
        print(*seconds_each(rivals[name](), Path(folder), count))


def main() -> None:
    """Print how long a workbook takes each of three, the ratios, and the memory it takes."""
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = workbook_of(INDICATORS, folder)
        write_tables(folder / "first", 4)
        alone("ours", folder / "first", template)
        made = next((folder / "first" / "made").glob("District*.xlsx"))
        write_tables(folder / "ours", OURS)
        taken: dict[str, list[float]] = {"openpyxl": [], "XlsxWriter": []}
        rates, peaks = [], []
        for _ in range(ROUNDS):
            for rival, each in taken.items():
                each += alone(rival, template, made, THEIRS // ROUNDS)
            seconds, kibibytes = alone("ours", folder / "ours", template)
            rates.append(seconds)
            peaks.append(kibibytes / 1024)
        ours = statistics.median(rates)
        print(f"| script | a workbook | scorecard_xl, {OURS:,} in one run | ratio |")
        print("| --- | --- | --- | --- |")
        for rival, each in taken.items():
            median = statistics.median(each)
            print(
                f"| {rival} | {median * 1000:.0f} ms | {ours * 1000:.1f} ms "
                f"| {median / ours:.1f}x |"
            )
        write_tables(folder / "many", MANY)
        most = alone("ours", folder / "many", template)[1] / 1024
        print(f"Peak memory: {max(peaks):.0f} MiB for {OURS:,}, {most:.0f} MiB for {MANY:,}.")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    elif sys.argv[1] == "ours":
        run_ours(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        run_theirs(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
