"""Every operation of the protocol, on every engine, gives what the file engine gives."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from scorecard_xl import refresh
from scorecard_xl.exceptions import EngineError, RefusedError
from scorecard_xl.workbook.cell_content import ErrorValue, Formula, value_of
from scorecard_xl.workbook.engine import Area, Condition, Pages
from scorecard_xl.workbook.formats import RAG_COLOURS
from tests.engines.compared import Held, differences, held_by
from tests.engines.tried import ENGINES, engine_called, nothing
from tests.judges.package_editor import PackageEditor
from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scorecard_xl.workbook.engine import Workbook
    from tests.engines.tried import TriedEngine

LIVE = ENGINES[1:]
TABLES = ("Counts", "Indicators", "History", "Settings", "Commentary")
BODY = Area("Scorecard", 6, 1, 57, 16)
OWNED = Area("Scorecard", 6, 1, 57, 12)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> TriedEngine:
    return engine_called(request.param, monkeypatch)


@pytest.fixture(params=LIVE)
def live(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> TriedEngine:
    return engine_called(request.param, monkeypatch)


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


def in_file(path: Path, action: Callable[[Workbook], Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    return engine_called("file", monkeypatch).use(path, action)


def shown(rows: Any) -> list[list[Any]]:
    """Values alone, blank texts as nothing."""
    return [[value_of(content) or None for content in row] for row in rows]


READINGS: dict[str, Callable[[Workbook], Any]] = {
    "the name": lambda workbook: workbook.name,
    "the sheets": lambda workbook: list(workbook.sheet_names),
    "the names": lambda workbook: dict(workbook.read_names()),
    "a table that is not there": lambda workbook: workbook.read_table("Nothing"),
    "a block": lambda workbook: shown(workbook.read_block(BODY)),
    "a block beyond what is used": lambda workbook: shown(
        workbook.read_block(Area("Counts", 300, 40, 302, 41))
    ),
    "blocks side by side": lambda workbook: [
        shown(block)
        for block in workbook.read_side_by_side(
            [Area("Scorecard", 7, 1, 48, 1), Area("Scorecard", 7, 14, 48, 15)]
        )
    ],
    "a cell": lambda workbook: shown(workbook.read_block(Area.cell("Scorecard", 1, 1))),
    "a date": lambda workbook: workbook.date_of(41305.0),
} | {
    f"the table {name}": lambda workbook, name=name: _told(workbook.read_table(name))
    for name in TABLES
}


def _told(table: Any) -> Any:
    return table.name, table.area, table.headings, shown(table.rows)


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
def test_every_engine_reads_the_same(
    live: TriedEngine,
    kent: Path,
    reading: Callable[[Workbook], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = in_file(kent, reading, monkeypatch)
    assert live.use(kent, reading) == expected


def test_formulas_are_told_from_values_where_they_can_be_read(
    engine: TriedEngine, kent: Path
) -> None:
    block = engine.use(kent, lambda workbook: workbook.read_block(BODY))
    formulas = sum(isinstance(content, Formula) for row in block for content in row)
    assert (formulas > 300) is engine.reads_formulas
    assert engine.use(kent, lambda workbook: workbook.count_formulas(BODY)) == formulas


def test_widths_are_read_where_they_can_be(engine: TriedEngine, kent: Path) -> None:
    width = engine.use(kent, lambda workbook: workbook.column_width("Scorecard", 1))
    assert (width is not None) is engine.reads_layout
    if width is not None:
        assert width == pytest.approx(
            openpyxl.load_workbook(kent)["Scorecard"].column_dimensions["A"].width
        )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+5", "-3", "@x", "'x", "''", '"x"', "TRUE", "false ", "1e5", "01/02", "5%", "12",
     " =1", "#N/A", "Jan 2013", "£5", "=", "-", "plain words", "↑", "line\nbreak", "1 (2)"],
)  # fmt: skip
def test_text_stays_text_to_the_letter(engine: TriedEngine, kent: Path, text: str) -> None:
    engine.use(kent, lambda workbook: workbook.write_block("Counts", 100, 2, [[text]]))
    cell = openpyxl.load_workbook(kent)["Counts"]["B100"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("content", "stored"),
    [
        pytest.param(12.5, (12.5, "n"), id="a number"),
        pytest.param(True, (True, "b"), id="a truth"),
        pytest.param(None, (None, "n"), id="nothing"),
        pytest.param(ErrorValue("#N/A"), ("#N/A", "e"), id="an error"),
        pytest.param(Formula("=1+1", 2.0), ("=1+1", "f"), id="a formula"),
        pytest.param(dt.date(2013, 1, 31), (41305, "n"), id="a date, as its serial number"),
    ],
)
def test_contents_keep_their_kind(
    engine: TriedEngine, kent: Path, content: Any, stored: tuple[Any, str]
) -> None:
    if engine.rewrites and isinstance(content, ErrorValue):
        # LibreOffice knows no errors but those that formulas give.
        stored = (f"={content.text}", "f")
    rows = [["stays", content]]
    engine.use(kent, lambda workbook: workbook.write_block("Counts", 100, 1, rows))
    cell = openpyxl.load_workbook(kent)["Counts"]["B100"]
    assert (cell.value, cell.data_type) == stored


def two_more_counts(workbook: Workbook) -> None:
    table = workbook.read_table("Counts")
    assert table is not None
    width = len(table.headings)
    more = [[f"more_{i}", "One more", "YTD", i, *[None] * (width - 4)] for i in (1, 2)]
    formats = [[None] * width for _ in (*table.rows, *more)]
    for row in formats[-2:]:
        row[3] = "0.00"
    workbook.write_table("Counts", [*table.rows, *more], formats)


def half_of_history(workbook: Workbook) -> None:
    table = workbook.read_table("History")
    assert table is not None
    rows = [[*row[:-1], "a key"] for row in table.rows]
    workbook.write_table("History", rows[: len(rows) // 2])


def rules(workbook: Workbook) -> None:
    area = Area("Scorecard", 7, 5, 20, 5)
    conditions = [
        Condition(area, equals=rating.value, font_color=letter, fill_color=fill, bold=True)
        for rating, (letter, fill) in RAG_COLOURS.items()
    ]
    conditions += [
        Condition(area, equals='"', italic=True),
        Condition(area, formula="ISTEXT($E7)", font_color="595959"),
    ]
    move_rows(workbook)
    workbook.replace_conditions(OWNED, conditions)


def move_rows(workbook: Workbook) -> None:
    """What lies around rows is set anew only where rows have moved."""
    workbook.clear(Area("Scorecard", 200, 1, 200, 1))


def pages(workbook: Workbook) -> None:
    move_rows(workbook)
    area = Area("Scorecard", 1, 1, 60, 12)
    bottom = workbook.read_names()["scorecard_summary"]
    assert bottom is not None
    workbook.lay_out_pages(Pages(area, bottom.top + 1, (), (), "Kent"))


WRITINGS: dict[str, Callable[[Workbook], Any]] = {
    "a block": lambda workbook: workbook.write_block(
        "Counts", 90, 1, [["a", 1.5, None], [Formula("=B90*2", 3.0), "1", False]]
    ),
    "a table that grows": two_more_counts,
    "a table that shrinks": half_of_history,
    "looks": lambda workbook: workbook.copy_looks(
        Area("Styles", 3, 2, 3, 13), Area("Scorecard", 70, 1, 72, 12)
    ),
    "nothing and no look": lambda workbook: workbook.clear(Area("Scorecard", 52, 1, 53, 12)),
    "merges": lambda workbook: (
        move_rows(workbook),
        workbook.set_merges(BODY, [Area("Scorecard", 50, 1, 50, 4)]),
    ),
    "names": lambda workbook: workbook.set_names(
        {
            "scorecard_summary": Area.cell("Scorecard", 60, 1),
            "setting_rate_base": "=1000",
            "quite_new": Area.cell("Counts", 2, 2),
        }
    ),
    "conditional formats": rules,
    "a print area": pages,
}


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=WRITINGS)
def test_every_engine_writes_the_same(
    live: TriedEngine,
    kent: Path,
    tmp_path: Path,
    writing: Callable[[Workbook], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by_file = copy_of(KENT, tmp_path / "file")
    in_file(by_file, writing, monkeypatch)
    before = copy_of(KENT, tmp_path / "before")
    live.use(kent, writing)
    if live.rewrites:
        live.use(by_file, nothing)
        live.use(before, nothing)
    heights = live.reads_layout
    wanted, held = held_by(by_file, heights=heights), held_by(kent, heights=heights)
    assert left_over(differences(wanted, held), live) == {}
    assert differences(held_by(before, heights=heights), held) != {}


# The height that LibreOffice gives a row of its own accord, once something happens in it.
OWN_HEIGHT = 12.8


def left_over(found: Held, live: TriedEngine) -> Held:
    """Differences that LibreOffice's own ways do not account for.

    Where it clears cells it takes them out of rules as well, as Excel does; a rule whose look
    is new says black where no colour was said; a truth in a file it opens as a formula; and it
    fits the heights of rows that nobody has set.
    """
    if not live.rewrites:
        return found
    return {key: pair for key, pair in found.items() if not is_its_way(key, *pair)}


def is_its_way(key: str, wanted: Any, held: Any) -> bool:
    if key.startswith("rule "):
        cleared = (wanted[0].replace("52", "51"), wanted[1])
        place, (*asked, colour, bold, italic, fill) = wanted
        blackened = (place, (*asked, colour or "000000", bold, italic, fill))
        return held in (cleared, blackened)
    if key.startswith("height "):
        return bool(held == OWN_HEIGHT and wanted in (None, 15.0))
    return key == "Counts!C91" and (wanted[0], held[0]) == ("=FALSE()", False)


OWN_RULE = ("expression", None, ("$H7>1",), "FF0000", False, False, None)


@pytest.mark.parametrize("column", ["E", "F"])
def test_an_analysts_own_rule_stays_where_rules_can_be_read(
    engine: TriedEngine, kent: Path, column: str
) -> None:
    with_own_rule(kent, f"{column}7:{column}40")
    engine.use(kent, rules)
    is_there = (f"{column}7:{column}40", OWN_RULE) in held_by(kent).values()
    # In a column of ours, Excel on the web cannot tell it from ours.
    assert is_there is (engine.reads_layout or column == "F")


def with_own_rule(path: Path, place: str) -> None:
    book = openpyxl.load_workbook(path)
    look = DifferentialStyle(font=Font(color="FF0000"))
    rule = Rule("expression", formula=["$H7>1"], dxf=look, priority=50)
    book["Scorecard"].conditional_formatting.add(place, rule)
    book.save(path)


def test_a_look_given_to_one_of_our_rules_stays_where_rules_can_be_read(
    engine: TriedEngine, kent: Path
) -> None:
    book = openpyxl.load_workbook(kent)
    formats = book["Scorecard"].conditional_formatting
    green = next(rule for each in formats for rule in each.rules if rule.formula == ['"G"'])
    green.dxf.fill.bgColor.rgb = "FF00FFFF"
    book.save(kent)
    engine.use(kent, rules)
    fills = [each[1][-1] for key, each in held_by(kent).items() if key.startswith("rule")]
    assert ("00FFFF" in fills) is engine.reads_layout


def test_rules_that_are_gone_come_back_where_that_can_be_read(
    live: TriedEngine, kent: Path
) -> None:
    package = PackageEditor(kent)
    part = package.sheet_part("Scorecard")
    rules_of_sheet = re.compile(rb"<conditionalFormatting\b.*</conditionalFormatting>", re.DOTALL)
    package.entries[part] = rules_of_sheet.sub(b"", package.entries[part])
    package.save(kent)
    live.use(kent, refresh)
    has_rules = any(key.startswith("rule Scorecard") for key in held_by(kent))
    assert has_rules is live.reads_layout


def test_heights_are_set(engine: TriedEngine, kent: Path) -> None:
    given = {7: 31.0, 8: 31.0, 10: 40.5}
    engine.use(kent, lambda workbook: workbook.set_heights("Scorecard", given))
    rows = openpyxl.load_workbook(kent)["Scorecard"].row_dimensions
    assert {row: rows[row].height for row in given} == given


def test_a_table_does_not_grow_over_a_cell(engine: TriedEngine, kent: Path) -> None:
    def grown(workbook: Workbook) -> None:
        table = workbook.read_table("Counts")
        assert table is not None
        below = dataclasses.replace(table.area, top=table.area.bottom + 2)
        workbook.write_block("Counts", below.top, below.left, [["a note"]])
        two_more_counts(workbook)

    if not engine.reads_formulas:
        # What a script has written on the web, it cannot read back: the note was there before.
        note = openpyxl.load_workbook(kent)
        last = int(note["Counts"].tables["Counts"].ref.rpartition(":")[2].lstrip("ABCDEFGH"))
        note["Counts"].cell(last + 2, 1).value = "a note"
        note.save(kent)
    with pytest.raises(RefusedError, match="the table Counts would grow over this cell"):
        engine.use(kent, two_more_counts if not engine.reads_formulas else grown)


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(
    engine: TriedEngine, kent: Path
) -> None:
    with pytest.raises(EngineError, match=r"has no worksheet 'Nothing'; its sheets are Scorecard"):
        engine.use(kent, lambda workbook: workbook.write_block("Nothing", 1, 1, [[1.0]]))


def test_a_copy_is_saved_or_the_way_to_one_is_told(
    engine: TriedEngine, kent: Path, tmp_path: Path
) -> None:
    path = tmp_path / "copy.xlsx"
    told = ""
    try:
        engine.use(kent, lambda workbook: workbook.save_copy(path))
    except EngineError as error:
        told = str(error)
    assert path.exists() is (told == "")
    assert told in (
        "",
        f"{kent.name} cannot be copied from here while it is open; use File, Save a Copy.",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("copy.csv", "should end in .xlsx", id="another ending"),
        pytest.param("taken.xlsx", "is there already", id="a name that is taken"),
    ],
)
def test_a_copy_under_a_name_that_does_not_do_is_refused(
    engine: TriedEngine, kent: Path, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "taken.xlsx").write_bytes(b"mine")
    with pytest.raises(RefusedError, match=said):
        engine.use(kent, lambda workbook: workbook.save_copy(tmp_path / name))
    assert (tmp_path / "taken.xlsx").read_bytes() == b"mine"


def test_what_is_closed_has_let_go(engine: TriedEngine, kent: Path) -> None:
    assert engine.use(kent, lambda workbook: workbook.close()) is None
