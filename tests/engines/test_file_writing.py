"""What the file engine writes into cells: values, texts, formulas, and the looks that stay."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl import EngineError, open_workbook
from scorecard_xl.workbook.cell_content import NOT_CALCULATED, ErrorValue, Formula
from scorecard_xl.workbook.engine import LAST_COLUMN, LAST_ROW, Area
from tests.engines.small_books import MAIN, Q, SmallBook, sheet_of, with_table, written

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard_xl.workbook.cell_content import Content

# The small workbooks leave out whatever Excel can do without.
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "small.xlsx"


UNCACHED = Formula("=1+1", NOT_CALCULATED)


def test_a_sheet_with_a_prefix_is_read_and_written(path: Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    SmallBook(sheet=sheet).save(path)
    written(path, lambda book: book.write_block("Data", 2, 1, [[5.0]]))
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "A1:A2")) == [[1.0], [5.0]]
    assert openpyxl.load_workbook(path)["Data"]["A2"].value == 5


@pytest.mark.parametrize(
    ("content", "stored", "kind"),
    [
        pytest.param(12, 12, "n", id="a whole number"),
        pytest.param(0.1, 0.1, "n", id="a fraction"),
        pytest.param(1e-7, 1e-7, "n", id="a small number"),
        pytest.param(True, True, "b", id="true"),
        pytest.param("text", "text", "s", id="a text"),
        pytest.param("=1+1", "=1+1", "s", id="a text like a formula"),
        pytest.param(" spaced\nout ", " spaced\nout ", "s", id="spaces and lines"),
        pytest.param("<&>\"'", "<&>\"'", "s", id="letters that XML escapes"),
        pytest.param("Ségolène ↑ 😀", "Ségolène ↑ 😀", "s", id="letters of all kinds"),
        pytest.param(ErrorValue("#N/A"), "#N/A", "e", id="an error"),
        pytest.param(Formula("=A2<3", 5.0), "=A2<3", "f", id="a formula"),
        pytest.param(datetime.date(2013, 1, 31), datetime.datetime(2013, 1, 31), "d", id="a date"),
        pytest.param(None, None, "n", id="nothing"),
    ],
)
def test_a_cell_is_written_as_openpyxl_reads_it(
    path: Path, content: Content, stored: object, kind: str
) -> None:
    SmallBook(rows='<row r="1"><c r="A1" s="1"><v>3</v></c></row>').save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [[content]]))
    cell = openpyxl.load_workbook(path)["Data"]["A1"]
    if kind == "n" and content is not None:
        # The cell's look is a date's; what is stored is the bare number.
        assert sheet_of(path).findtext(f".//{Q}v") == repr(content)
    else:
        assert (cell.value, cell.data_type) == (stored, kind)


@pytest.mark.parametrize(
    "content",
    [12.0, True, "=text", " a\nb ", "_x0041_ \x01 \r", ErrorValue("#REF!"), None, UNCACHED]
    + [Formula("=A2", value) for value in (1.5, True, "x & y", ErrorValue("#N/A"))]
    + [Formula('=""', "")],
    ids=repr,
)
def test_what_is_written_is_read_back(path: Path, content: Content) -> None:
    SmallBook().save(path)
    written(path, lambda book: book.write_block("Data", 3, 2, [[content]]))
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "B3")) == [[content]]


def test_a_formulas_value_is_stored_beside_it(path: Path) -> None:
    SmallBook().save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [[Formula("=1+1", 2.0)]]))
    assert openpyxl.load_workbook(path, data_only=True)["Data"]["A1"].value == 2


def test_dates_are_written_by_the_workbooks_date_system(path: Path) -> None:
    SmallBook(properties='date1904="1"').save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [[datetime.date(1904, 1, 2)]]))
    assert sheet_of(path).findtext(f".//{Q}v") == "1"


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written(path: Path, number: float) -> None:
    SmallBook().save(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 1, 1, [[number]])
        with pytest.raises(ValueError, match="cannot be written"):
            workbook.to_bytes()


def test_a_text_longer_than_a_cell_holds_is_refused(path: Path) -> None:
    SmallBook().save(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 1, 1, [["x" * 32_768]])
        with pytest.raises(EngineError, match=r"32,768 characters does not fit a cell"):
            workbook.to_bytes()


def test_a_new_cell_takes_its_rows_look_or_else_its_columns(path: Path) -> None:
    SmallBook(
        before='<cols><col min="2" max="3" width="9" style="4" customWidth="1"/></cols>',
        rows='<row r="2" s="2" customFormat="1"/><row r="3"><c r="C3" s="1"/></row>',
    ).save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [[1.0, 2.0, 3.0]] * 3))
    styles = {cell.get("r"): cell.get("s", "0") for cell in sheet_of(path).iter(f"{Q}c")}
    assert [[styles[f"{column}{row}"] for column in "ABC"] for row in (1, 2, 3)] == [
        ["0", "4", "4"],
        ["2", "2", "2"],
        ["0", "4", "1"],
    ]


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c r="A1" s="4" t="s"><v>0</v></c>', id="as Excel writes it"),
        pytest.param('<c r="A1" t="s" s="4"><v>0</v></c>', id="with the style last"),
        pytest.param('<c s="4" t="s" r="A1"><v>0</v></c>', id="with the place last"),
        pytest.param("<c r='A1' s='4' t='s'><v>0</v></c>", id="in other quotes"),
        pytest.param('<c r="A1" cm="1" s="4" t="s"><v>0</v></c>', id="with more attributes"),
    ],
)
@pytest.mark.parametrize("content", ["new", None, 5.0], ids=repr)
def test_a_cells_look_stays_however_it_was_written(path: Path, cell: str, content: Content) -> None:
    SmallBook(rows=f'<row r="1">{cell}</row>', strings=("<t>old</t>",)).save(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 1, 1, [[content]])
        path.write_bytes(workbook.to_bytes())
    cell = openpyxl.load_workbook(path)["Data"]["A1"]
    assert (cell.value, cell.font.b) == (content, True)


def test_looks_and_neighbours_stay_where_a_block_is_written(path: Path) -> None:
    rows = '<row r="1" spans="1:3"><c r="A1" s="4"><v>1</v></c><c r="C1" s="2"><v>3</v></c></row>'
    SmallBook(rows=rows).save(path)
    written(path, lambda book: book.write_block("Data", 1, 1, [["a", "b"]]))
    cells = [(cell.get("r"), cell.get("s")) for cell in sheet_of(path).iter(f"{Q}c")]
    assert cells == [("A1", "4"), ("B1", None), ("C1", "2")]
    with open_workbook(path) as workbook:
        assert workbook.read_block(Area.of("Data", "A1:C1")) == [["a", "b", 3.0]]


@pytest.mark.parametrize("attributes", ['s="4" cm="1"', 'cm="1" s="4"'])
def test_a_cell_with_another_attribute_stays_beside_those_that_are_written(
    path: Path, attributes: str
) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" {attributes}><v>{n}</v></c><c r="B{n}" s="2" vm="3"/></row>'
        for n in range(1, 4)
    )
    SmallBook(rows=rows).save(path)
    written(path, lambda book: book.write_block("Data", 1, 2, [[2.5]] * 3))
    found = [(cell.get("r"), cell.get("s"), cell[0].text) for cell in sheet_of(path).iter(f"{Q}c")]
    kept, new = "4", "2"
    assert found == [each for n in "123" for each in ((f"A{n}", kept, n), (f"B{n}", new, "2.5"))]
    metadata = [(cell.get("cm"), cell.get("vm")) for cell in sheet_of(path).iter(f"{Q}c")]
    assert metadata == [("1", None), (None, None)] * 3


def test_writing_to_a_sheet_that_is_not_there_is_refused(path: Path) -> None:
    SmallBook().save(path)
    with (
        open_workbook(path) as workbook,
        pytest.raises(EngineError, match=r"no worksheet 'Dta'; its sheets are Data"),
    ):
        workbook.write_block("Dta", 1, 1, [[1.0]])


@pytest.mark.parametrize(
    ("top", "left"),
    [(0, 1), (-3, 1), (LAST_ROW + 1, 1), (1, 0), (1, -3), (1, LAST_COLUMN + 1)],
)
def test_a_place_that_no_sheet_has_is_not_written(path: Path, top: int, left: int) -> None:
    SmallBook().save(path)
    with open_workbook(path) as workbook:
        with pytest.raises(ValueError, match="a sheet has no "):
            workbook.write_block("Data", top, left, [[1.0]])
        workbook.save()
    assert sheet_of(path).findall(f"{Q}sheetData/{Q}row") == []


def test_what_was_written_is_read_before_it_is_saved(path: Path) -> None:
    with_table(path)
    with open_workbook(path) as workbook:
        workbook.write_block("Data", 3, 3, [[7.0]])
        workbook.set_names({"mine": Area.of("Data", "B3")})
        table = workbook.read_table("Counts")
        assert table is not None
        assert table.rows[0] == ["a", 7.0]
        assert workbook.read_names() == {"mine": Area.of("Data", "B3")}
