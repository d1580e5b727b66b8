"""Refresh of a file, read to saved on disk, against the openpyxl script a user would write.

A count was edited since the last refresh, so that the sheets are not as they were.
"""

from __future__ import annotations

import functools
import os
import tempfile
from pathlib import Path

import openpyxl

from benchmarks.cases import workbook_of
from benchmarks.machine import machine, seconds_apart
from scorecard_xl import open_workbook, refresh

FIRST_ROW = 7


def by_scorecard_xl(path: Path, fill: str) -> None:
    """Refresh and save."""
    with open_workbook(path) as workbook:
        refresh(workbook, fill=fill)
        workbook.save_copy(path.with_name("ours.xlsx"), overwrite=True)


def cells_of(path: Path, fill: str) -> list[tuple[int, int, object]]:
    """What a refresh with that fill writes to the Scorecard's body."""
    target = path.with_name("cells.xlsx")
    with open_workbook(path) as workbook:
        refresh(workbook, fill=fill)
        workbook.save_copy(target, overwrite=True)
    sheet = openpyxl.load_workbook(target)["Scorecard"]
    return [
        (cell.row, cell.column, cell.value)
        for row in sheet.iter_rows(min_row=FIRST_ROW)
        for cell in row
        if cell.value is not None
    ]


def with_a_count_edited(path: Path) -> Path:
    """The same workbook, as an analyst leaves it who corrects a count and saves."""
    edited = path.with_name("edited.xlsx")
    with open_workbook(path) as workbook:
        counts = workbook.read_table("Counts")
        assert counts is not None
        value = counts.headings.index("Value")
        workbook.write_block(
            counts.area.sheet, counts.area.top, counts.area.left + value,
            [[float(str(counts.rows[0][value])) + 1]],
        )  # fmt: skip
        workbook.save_copy(edited, overwrite=True)
    return edited


def by_openpyxl(path: Path, cells: list[tuple[int, int, object]]) -> None:
    """Load the same file, write the same cells, save, and have it on disk."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Scorecard"]
    for row, column, value in cells:
        sheet.cell(row, column).value = value
    target = path.with_name("theirs.xlsx")
    workbook.save(target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def main() -> None:
    """Print a table of both, and their ratio."""
    print(machine())
    print(
        "| indicators | fill | openpyxl | scorecard_xl | ratio |\n| --- | --- | --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as folder:
        for indicators, times in ((42, 9), (4_000, 3)):
            path = with_a_count_edited(workbook_of(indicators, Path(folder)))
            for fill in ("formulas", "values"):
                cells = cells_of(path, fill)
                ours, theirs = seconds_apart(
                    [
                        functools.partial(by_scorecard_xl, path, fill),
                        functools.partial(by_openpyxl, path, cells),
                    ],
                    times=times,
                )
                print(
                    f"| {indicators:,} | {fill} | {theirs * 1000:,.0f} ms | {ours * 1000:,.0f} ms "
                    f"| {theirs / ours:.1f}x |"
                )


if __name__ == "__main__":
    main()
