"""Workbooks and sheets: opened, saved, copied, printed; the program's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlwings as xw

from scorecard_xl import EngineError
from scorecard_xl.engines.libreoffice import engine
from tests.engines.libreoffice.folders import names_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook


def test_a_book_is_opened_changed_and_saved(app: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    openpyxl.Workbook().save(path)
    path.chmod(0o640)
    book = app.books.open(str(path))
    assert (book.name, book.fullname) == ("made.xlsx", str(path))
    assert app.books["made.xlsx"] == book
    book.sheets[0]["A1"].value = 5
    book.save()
    assert openpyxl.load_workbook(path).active["A1"].value == 5
    assert (path.stat().st_mode & 0o777, names_in(tmp_path)) == (
        0o640, [".~lock.made.xlsx#", "made.xlsx"],
    )  # fmt: skip
    book.close()
    assert names_in(tmp_path) == ["made.xlsx"]
    assert "made.xlsx" not in [other.name for other in app.books]


def test_saving_under_another_name_leaves_the_first_file(app: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    openpyxl.Workbook().save(path)
    before = path.read_bytes()
    book = app.books.open(str(path))
    book.sheets[0]["A1"].value = 5
    book.save(str(tmp_path / "other.xlsx"))
    name = book.name
    book.close()
    assert (name, path.read_bytes() == before) == ("other.xlsx", True)
    assert openpyxl.load_workbook(tmp_path / "other.xlsx").active["A1"].value == 5
    assert names_in(tmp_path) == ["made.xlsx", "other.xlsx"]


def test_a_link_to_a_file_stays_a_link(app: xw.App, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "real.xlsx")
    (tmp_path / "link.xlsx").symlink_to("real.xlsx")
    book = app.books.open(str(tmp_path / "link.xlsx"))
    book.sheets[0]["A1"].value = 5
    book.save()
    book.close()
    assert (tmp_path / "link.xlsx").is_symlink()
    assert openpyxl.load_workbook(tmp_path / "real.xlsx").active["A1"].value == 5


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("text.xlsx", b"PK\x03\x04 no workbook", "cannot be opened", id="broken"),
        pytest.param("picture.png", b"\x89PNG\r\n\x1a\n", "cannot be opened", id="a picture"),
    ],
)
def test_what_is_no_workbook_is_told(
    app: xw.App, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    before = len(app.books)
    with pytest.raises(EngineError, match=message):
        app.books.open(str(tmp_path / name))
    assert (len(app.books), names_in(tmp_path)) == (before, [name])


def test_places_that_cannot_be_saved_to_are_told(book: xw.Book, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"The folder .* was not found"):
        book.save(str(tmp_path / "absent" / "x.xlsx"))
    with pytest.raises(EngineError, match=r"not saved as '\.doc'; use \.xlsx"):
        book.save(str(tmp_path / "x.doc"))
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(EngineError, match="cannot be written"):
        book.save(str(tmp_path / "folder.xlsx"))


def test_a_closed_book_says_that_it_is_closed(app: xw.App) -> None:
    book = app.books.add()
    sheet = book.sheets[0]
    book.close()
    with pytest.raises(EngineError, match="no longer open in LibreOffice"):
        _ = sheet["A1"].value


def test_sheets_are_added_renamed_copied_moved_and_deleted(book: xw.Book) -> None:
    first = book.sheets[0]
    first.name = "Counts"
    first["A1"].value = 5
    after = book.sheets.add("After", after=first)
    book.sheets.add("Before", before=first)
    copy = first.copy(name="Copy")
    assert [sheet.name for sheet in book.sheets] == ["Before", "Counts", "After", "Copy"]
    assert (copy["A1"].value, copy.index, book.sheets["AFTER"]) == (5.0, 4, after)
    book.sheets["Before"].delete()
    first.activate()
    assert (book.sheets.active.name, len(book.sheets)) == ("Counts", 3)
    with pytest.raises(EngineError, match="After: another sheet of the workbook is called so"):
        first.name = "After"


def test_a_sheet_is_copied_into_another_book(app: xw.App, book: xw.Book) -> None:
    other = app.books.add()
    other.sheets[0].name = "Source"
    other.sheets[0]["A1"].value = 7
    copy = other.sheets[0].copy(after=book.sheets[0])
    other.close()
    assert (copy.name, copy["A1"].value) == ("Source", 7.0)


def test_the_last_sheet_stays(book: xw.Book) -> None:
    with pytest.raises(EngineError, match="a workbook keeps one"):
        book.sheets[0].delete()


def test_the_print_area_is_saved_and_printed(
    book: xw.Book, sheet: xw.Sheet, saved: Callable[[], Workbook], tmp_path: Path
) -> None:
    sheet["A1:B2"].value = "x"
    assert sheet.page_setup.print_area is None
    sheet.page_setup.print_area = "$A$1:$B$2"
    assert sheet.page_setup.print_area == "$A$1:$B$2"
    assert saved().active.print_area == f"'{sheet.name}'!$A$1:$B$2"
    book.to_pdf(str(tmp_path / "printed.pdf"), show=False)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None


def test_calculation_waits_when_it_is_manual(app: xw.App, sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1, "=A1+1"]
    app.calculation = "manual"
    sheet["A1"].value = 5
    waiting = sheet["B1"].value
    app.calculate()
    calculated = sheet["B1"].value
    mode = app.calculation
    app.calculation = "automatic"
    assert (waiting, calculated, mode, app.calculation) == (2.0, 6.0, "manual", "automatic")


def test_settings_of_the_program_are_put_back(app: xw.App, sheet: xw.Sheet) -> None:
    with app.properties(screen_updating=False, enable_events=False, display_alerts=False):
        sheet["A1"].value = 1
        assert (app.screen_updating, app.enable_events, app.display_alerts) == (False,) * 3
        document = sheet.book.impl.document
        assert (document.hasControllersLocked(), document.isActionLocked()) == (True, True)
    assert (app.screen_updating, app.enable_events, app.display_alerts) == (True,) * 3
    assert (document.hasControllersLocked(), document.isActionLocked()) == (False, False)


def test_what_is_selected_is_known(app: xw.App, sheet: xw.Sheet) -> None:
    sheet["B2:C3"].select()
    assert app.selection.address == "$B$2:$C$3"


def test_charts_are_refused_in_a_sentence(sheet: xw.Sheet) -> None:
    with pytest.raises(NotImplementedError, match="leaves charts alone"):
        _ = sheet.charts


def test_the_engine_registers_once(app: xw.App) -> None:
    engine(register=True)
    engine(register=True)
    assert [known.name for known in xw.engines].count("libreoffice") == 1
    assert xw.engines["libreoffice"].apps[app.pid] == app
