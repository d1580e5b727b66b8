"""Excel that is busy, protected, paused or not there: what is done, and what the analyst reads."""

from __future__ import annotations

import sys
import types
import unicodedata
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlwings as xw

from scorecard_xl import refresh
from scorecard_xl.engines.opening import attach_to_excel, open_workbook
from scorecard_xl.engines.xlwings_book import (
    XlwingsWorkbook,
    busy,
    calling_workbook,
    running,
    tell,
)
from scorecard_xl.exceptions import EngineError, RefusedError
from scorecard_xl.workbook.engine import Area, Condition, Pages
from tests.engines.compared import differences, held_by
from tests.engines.desktop_engine import Engine, opened
from tests.scorecards import KENT, copy_of, indicator_rows, refreshed, replace_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = {"screen_updating": True, "enable_events": True, "calculation": "automatic"}
REJECTED = -2147418111  # 0x80010001
EDITING = -2146777998  # 0x800AC472
FAILED = -2147352567  # what every error of Excel's own comes in


class ComError(Exception):
    """As pywin32 raises it: number, text, what Excel says, argument."""

    def __init__(self, hresult: int, excepinfo: tuple[Any, ...] | None = None) -> None:
        super().__init__(hresult, "a text", excepinfo, None)
        self.hresult, self.excepinfo = hresult, excepinfo


class CommandError(Exception):
    """As appscript raises it on a Mac."""

    def __init__(self, errornumber: int) -> None:
        super().__init__(f"Command failed: OSERROR: {errornumber}")
        self.errornumber = errornumber


def said_by_excel(text: str, scode: int) -> ComError:
    return ComError(FAILED, (0, "Microsoft Excel", text, None, 0, scode))


BUSY = {
    "the call is rejected": lambda: ComError(REJECTED),
    "a cell is being edited": lambda: said_by_excel("", EDITING),
    "the Apple event timed out": lambda: CommandError(-1712),
}


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)


@pytest.fixture(autouse=True)
def libraries_of_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    """What pywin32 and appscript bring with them, which are not here."""
    for name, member in (("pywintypes", "com_error"), ("appscript.reference", "CommandError")):
        module = types.ModuleType(name)
        setattr(module, member, ComError if member == "com_error" else CommandError)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(busy, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(busy, "WAIT_SECONDS", 0.2)


@pytest.mark.parametrize("error", BUSY.values(), ids=BUSY)
@pytest.mark.parametrize(
    "at", ["Range.raw_value", "Range.formula=", "Name.refers_to", "App.calculation="]
)
def test_excel_that_is_busy_for_a_moment_is_asked_again(kent: Path, error: Any, at: str) -> None:
    by_file = copy_of(KENT, kent.parent / "file")
    refreshed(by_file, fill="values")
    book = opened(kent)
    trips = book.app.impl.trips
    trips.failures, trips.fails_at = [error() for _ in range(3)], lambda what: what == at
    with XlwingsWorkbook(book) as workbook:
        refresh(workbook, fill="values")
        workbook.save()
    assert trips.failures == []
    assert differences(held_by(by_file), held_by(kent)) == {}


def filled(book: xw.Book) -> None:
    """Refresh an open workbook with values, so that there is something to write."""
    with XlwingsWorkbook(book) as workbook:
        refresh(workbook, fill="values")


@pytest.mark.parametrize("error", BUSY.values(), ids=BUSY)
def test_excel_that_stays_busy_is_told_in_a_sentence_and_goes_on_as_before(
    kent: Path, error: Any
) -> None:
    book = opened(kent)
    trips = book.app.impl.trips
    trips.failures = [error() for _ in range(100)]
    trips.fails_at = lambda what: what.startswith("Range")
    with pytest.raises(EngineError, match=r"^Excel is busy, or a cell is being edited: press"):
        filled(book)
    assert book.app.impl.settings == SETTINGS


def test_what_excel_cannot_do_is_told_in_its_own_words(kent: Path) -> None:
    book = opened(kent)
    trips = book.app.impl.trips
    trips.failures = [said_by_excel("An array cannot be changed.", -2146827284)]
    trips.fails_at = lambda what: what == "Range.formula="
    with pytest.raises(EngineError, match=r"could not do this: An array cannot be changed\.$"):
        filled(book)
    assert trips.failures == []


@pytest.mark.parametrize(
    "at", ["Range.row_height=", "Range.paste", "ConditionalFormats.add_cell_value"]
)
def test_an_error_after_the_first_write_says_that_the_scorecard_is_partly_filled(
    kent: Path, at: str, on_windows: None
) -> None:
    replace_rows(kent, "Indicators", indicator_rows(kent)[::-1])
    book = opened(kent, name="excel")
    trips = book.app.impl.trips
    trips.failures = [said_by_excel("No.", -2146827284)]
    trips.fails_at = lambda what: what == at
    with pytest.raises(EngineError) as raised:
        filled(book)
    assert str(raised.value) == (
        "The spreadsheet program could not do this: No. The scorecard is partly filled in: undo "
        "or close it without saving, or refresh it again."
    )


@pytest.mark.parametrize("at", ["Range.raw_value", "Range.formula="])
def test_an_error_before_anything_is_written_says_nothing_of_the_kind(kent: Path, at: str) -> None:
    book = opened(kent)
    trips = book.app.impl.trips
    trips.failures = [said_by_excel("No.", -2146827284)]
    trips.fails_at = lambda what: what == at
    with pytest.raises(EngineError, match=r"could not do this: No\.$"):
        filled(book)


def filled_and_saved(book: xw.Book) -> None:
    with XlwingsWorkbook(book) as workbook:
        refresh(workbook, fill="values")
        workbook.save()


def test_a_refreshed_workbook_that_cannot_be_saved_is_not_partly_filled(kent: Path) -> None:
    book = opened(kent)
    book.impl.fullname = book.impl.name
    with pytest.raises(EngineError, match=r"under a name\.$"):
        filled_and_saved(book)


def test_everything_stands_still_while_a_workbook_is_filled(kent: Path) -> None:
    book = opened(kent)
    app = book.app.impl
    with XlwingsWorkbook(book):
        paused = app.settings
    assert paused == {"screen_updating": False, "enable_events": False, "calculation": "manual"}
    assert app.settings == SETTINGS


def test_a_workbook_is_saved_as_it_calculates_outside_the_pause(kent: Path) -> None:
    book = opened(kent)
    with XlwingsWorkbook(book) as workbook:
        workbook.save()
    assert book.impl.settings_when_saved == SETTINGS


def test_the_analyst_is_told_in_a_box_or_in_the_status_bar(kent: Path) -> None:
    app = opened(kent).app
    tell(app, "It is done.", title="Scorecard", is_loud=False)
    assert (app.status_bar, app.impl.alerts) == ("It is done.", [])
    tell(app, "It failed.", title="Scorecard", is_loud=True)
    # The sentence of the click before is gone.
    assert (app.status_bar, app.impl.alerts) == (False, [("It failed.", "Scorecard")])


def test_on_a_mac_everything_is_told_in_a_box_for_the_status_bar_is_wiped(
    kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    app = opened(kent, name="excel").app
    tell(app, "It is done.", title="Scorecard", is_loud=False)
    assert (app.status_bar, app.impl.alerts) == (None, [("It is done.", "Scorecard")])


def test_calculation_that_an_analyst_has_set_to_manual_stays_manual(kent: Path) -> None:
    book = opened(kent)
    book.app.calculation = "manual"
    with XlwingsWorkbook(book) as workbook:
        refresh(workbook, fill="values")
    assert book.app.calculation == "manual"


def failing_at_the_end(book: xw.Book, at: str, error: Exception | None = None) -> None:
    """Pause a program that then refuses to be put back; `error` comes before."""
    trips = book.app.impl.trips
    with XlwingsWorkbook(book):
        trips.failures = [ComError(-1)]
        trips.fails_at = lambda what: what == at
        if error is not None:
            raise error


def test_everything_goes_on_after_an_error(kent: Path) -> None:
    book = opened(kent)
    with pytest.raises(ZeroDivisionError):
        failing_at_the_end(book, "nothing", ZeroDivisionError())
    assert book.app.impl.settings == SETTINGS


def test_one_setting_that_cannot_be_put_back_does_not_keep_the_others(kent: Path) -> None:
    book = opened(kent)
    with pytest.raises(EngineError, match="could not do this"):
        failing_at_the_end(book, "App.enable_events=")
    assert book.app.impl.settings == SETTINGS | {"enable_events": False}


def test_the_first_error_is_the_one_that_is_told(kent: Path) -> None:
    book = opened(kent)
    with pytest.raises(ZeroDivisionError):
        failing_at_the_end(book, "App.calculation=", ZeroDivisionError())


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program's own objects asked, as in Excel on Windows."""
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.parametrize("sheet", ["Scorecard", "Checks", "Why"])
def test_a_protected_sheet_is_named_before_anything_is_written(
    kent: Path, sheet: str, on_windows: None
) -> None:
    book = opened(kent, name="excel")
    book.impl.file[sheet].protection.sheet = True
    with pytest.raises(RefusedError, match=f"^'{sheet}' is protected, so nothing was written"):
        filled(book)
    written = [each for each in book.app.impl.trips.made if each.startswith("Range.")]
    assert not any(each.endswith(("=", "merge", "copy", "paste", "clear")) for each in written)


def test_a_protected_sheet_of_counts_is_no_hindrance(kent: Path, on_windows: None) -> None:
    book = opened(kent, name="excel")
    book.impl.file["Counts"].protection.sheet = True
    with XlwingsWorkbook(book) as workbook:
        assert refresh(workbook).warnings == ()


def test_breaks_and_footer_are_set_in_excel_on_windows(kent: Path, on_windows: None) -> None:
    book = opened(kent, name="excel")
    book.impl.file["Scorecard"].oddFooter.left.text = "Kent, Dec 2012"
    with XlwingsWorkbook(book) as workbook:
        workbook.clear(Area("Scorecard", 200, 1, 200, 1))
        workbook.lay_out_pages(Pages(Area("Scorecard", 1, 1, 55, 12), 55, (20, 30), (20,), "Now"))
    sheet = book.impl.file["Scorecard"]
    assert [each.id for each in sheet.row_breaks.brk if each.id in (19, 29)] == [19]
    assert sheet.oddFooter.left.text == "Now"


def test_a_copy_is_saved_by_excel_on_windows(kent: Path, on_windows: None) -> None:
    path = kent.with_name("copy.xlsx")
    XlwingsWorkbook(opened(kent, name="excel")).save_copy(path)
    assert openpyxl.load_workbook(path).sheetnames[0] == "Scorecard"


def test_formulas_of_rules_do_not_depend_on_the_active_cell_in_excel(kent: Path) -> None:
    condition = Condition(Area("Scorecard", 7, 4, 20, 4), formula="ISTEXT($D7)", italic=True)
    book = opened(kent, name="excel")
    for _ in range(2):
        with XlwingsWorkbook(book) as workbook:
            workbook.clear(Area("Scorecard", 200, 1, 200, 1))
            workbook.replace_conditions(Area("Scorecard", 6, 4, 53, 4), [condition])
    rules = [
        rule.formula
        for each in book.impl.file["Scorecard"].conditional_formatting
        for rule in each.rules
        if "ISTEXT" in rule.formula[0] and "D" in rule.formula[0]
    ]
    assert rules == [["ISTEXT(INDEX($D:$D,ROW()))"]]


def test_a_book_that_was_never_saved_is_not_saved_somewhere(kent: Path) -> None:
    book = opened(kent)
    book.impl.fullname = book.impl.name
    with pytest.raises(EngineError, match="has no file of its own yet; save it in Excel"):
        XlwingsWorkbook(book).save()


def test_where_there_is_no_excel_that_is_said(kent: Path) -> None:
    with pytest.raises(EngineError) as raised:
        open_workbook(kent, engine="excel")
    assert str(raised.value) == (
        "The excel engine needs Excel, and none is installed here; use --engine file."
    )


@pytest.fixture
def excel() -> Iterator[Engine]:
    """An engine called excel, as xlwings has one where Excel is installed."""
    engine = Engine("excel")
    xw.engines.add(xw.Engine(impl=engine))
    yield engine
    xw.engines.engines[:] = [each for each in xw.engines.engines if each.impl is not engine]
    xw.engines.engines_by_name.pop("excel")


def test_an_excel_that_does_not_run_is_said_to(excel: Engine) -> None:
    with pytest.raises(EngineError, match=running.NOT_RUNNING):
        attach_to_excel()


def test_the_active_workbook_or_the_one_named_is_taken_hold_of(excel: Engine, kent: Path) -> None:
    other = copy_of(KENT, kent.parent / "other").rename(kent.with_name("other.xlsx"))
    app = excel.apps.add()
    app.books.open(kent)
    app.books.open(other)
    assert attach_to_excel().name == other.name
    assert attach_to_excel(kent).name == kent.name
    with open_workbook(str(kent).upper().replace(".XLSX", ".xlsx"), engine="excel") as workbook:
        assert refresh(workbook).warnings == ()


def called_from(monkeypatch: pytest.MonkeyPatch, name: str, *, window: int | None) -> None:
    """Have a button clicked in a workbook, as the vendor's add-in tells it."""
    hwnd = [] if window is None else [f"--hwnd={window}"]
    monkeypatch.setattr(sys, "argv", ["-c", f"--wb={name}", "--from_xl=1", "--app=Excel", *hwnd])


@pytest.mark.parametrize("clicked", ["a=b.xlsx", "--wb=x.xlsx", "Überblick.xlsx"])
def test_the_workbook_that_was_clicked_is_taken_by_its_whole_name(
    excel: Engine, kent: Path, clicked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = excel.apps.add()
    app.books.open(copy_of(KENT, kent.parent / "other").rename(kent.with_name(clicked)))
    app.books.open(kent)
    called_from(monkeypatch, unicodedata.normalize("NFD", clicked.upper()), window=None)
    assert calling_workbook().name == clicked


def test_of_two_workbooks_of_one_name_the_one_in_the_clicked_window_is_taken(
    excel: Engine, kent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apps = [excel.apps.add() for _ in range(2)]
    apps[0].books.open(kent)
    apps[1].books.open(copy_of(KENT, tmp_path / "second"))
    called_from(monkeypatch, kent.name, window=apps[1].hwnd)
    found = calling_workbook().path
    assert found == tmp_path / "second" / kent.name


def test_a_clicked_workbook_that_is_not_found_is_not_replaced_by_another(
    excel: Engine, kent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    excel.apps.add().books.open(kent)
    called_from(monkeypatch, "a=b.xlsx", window=None)
    with pytest.raises(EngineError) as raised:
        calling_workbook()
    assert str(raised.value) == (
        "Excel does not have a=b.xlsx open, in which the button was clicked: the workbooks open "
        f"there are {kent.name}. Open it, then try again."
    )


def test_where_no_button_was_clicked_the_active_workbook_is_taken(
    excel: Engine, kent: Path
) -> None:
    excel.apps.add().books.open(kent)
    assert calling_workbook().name == kent.name


def test_a_workbook_in_the_cloud_is_known_by_its_name(excel: Engine, kent: Path) -> None:
    book = excel.apps.add().books.open(kent)
    book.fullname = f"https://council.sharepoint.com/sites/team/{kent.name}"
    with attach_to_excel(kent) as workbook:
        refresh(workbook)
        workbook.save()
    assert workbook.name == kent.name


def test_a_workbook_that_is_not_open_is_told_with_those_that_are(
    excel: Engine, kent: Path, tmp_path: Path
) -> None:
    excel.apps.add().books.open(kent)
    with pytest.raises(EngineError) as raised:
        attach_to_excel(tmp_path / "absent.xlsx")
    assert str(raised.value) == (
        f"Excel does not have {tmp_path / 'absent.xlsx'} open: the workbooks open there are "
        f"{kent.name}."
    )
    elsewhere = copy_of(KENT, tmp_path / "elsewhere")
    with pytest.raises(EngineError, match="that is open there lies in another folder"):
        attach_to_excel(elsewhere)
