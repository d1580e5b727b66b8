"""What a click does and says, in a program that stands in for Excel."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import types
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlwings as xw

from scorecard_xl import addin
from scorecard_xl.click_log import log_file
from tests.engines.desktop_engine import opened
from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("as_started_by_excel")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> xw.Book:
    """Kent's workbook, filled with values, whose button is clicked."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    book = opened(copy_of(KENT, tmp_path))
    type_into(book, "Settings", "fill", "B", "values")
    monkeypatch.setattr(xw.Book, "_mock_caller", book, raising=False)
    return book


def type_into(book: xw.Book, sheet: str, name: str, column: str, typed: object) -> None:
    row = book.sheets[sheet].range("A1:A90").value.index(name) + 1
    book.sheets[sheet].range(f"{column}{row}").formula = ((str(typed),),)


def type_count(book: xw.Book, code: str, value: float) -> None:
    type_into(book, "Counts", code, "D", value)


def result_of(book: xw.Book, name: str) -> Any:
    rows = book.sheets["Scorecard"].range("A1:E60").value
    return next(row[3] for row in rows if str(row[0]).startswith(name))


def test_a_click_that_changes_no_rating_speaks_in_the_status_bar(book: xw.Book) -> None:
    addin.refresh()
    assert book.app.impl.alerts == []
    assert book.app.status_bar == (
        "Refreshed: 20 Green   12 Amber   9 Red   |   since last month: 25 better, 1 same, "
        "15 worse   |   since March 12: 32 better, 0 same, 9 worse."
    )


def test_a_click_that_changes_a_rating_opens_a_message(book: xw.Book) -> None:
    # 7,307 of 8,611 is 84.9 %, Green; 6,000 is 69.7 %, below the amber edge of 72.9 %.
    type_count(book, "initial_assessments_in_7_days_ytd", 6_000)
    addin.refresh()
    [(said, title)] = book.app.impl.alerts
    assert title == "Scorecard"
    assert "Changed ratings: NI 59" in said
    assert ", Green to Red" in said
    assert result_of(book, "NI 59") == pytest.approx(6_000 / 8_611)


def test_a_bad_count_is_listed_on_checks_and_the_scorecard_stays(book: xw.Book) -> None:
    before = book.sheets["Scorecard"].range("A1:P60").value
    type_count(book, "referrals_r12m", 5.5)
    addin.refresh()
    [(said, _)] = book.app.impl.alerts
    assert said.startswith("The scorecard was not changed: 1 error and 0 warnings, listed on the")
    assert "referrals_r12m is 5.5; counts are whole numbers" in said
    assert book.sheets["Scorecard"].range("A1:P60").value == before
    listed = book.sheets["Checks"].range("A5:E5").formula[0]
    assert listed[0] == "error"
    assert listed[1].startswith("=HYPERLINK(\"#'Counts'!D")


def test_check_lists_and_changes_nothing_else(book: xw.Book) -> None:
    before = book.sheets["Scorecard"].range("A1:P60").value
    addin.check()
    assert book.app.impl.alerts == []
    assert book.app.status_bar == "Nothing is wrong."
    assert book.sheets["Scorecard"].range("A1:P60").value == before


def test_check_tells_of_a_count_that_was_not_refreshed(book: xw.Book) -> None:
    type_count(book, "referrals_r12m", 14_000)
    addin.check()
    [(said, _)] = book.app.impl.alerts
    assert said.startswith("Checked: ")
    assert "'Scorecard'!" in said


def test_the_doctor_says_what_to_put_right(book: xw.Book, tmp_path: Path) -> None:
    (tmp_path / "xlwings.conf").write_text('"INTERPRETER_WIN","elsewhere"')
    addin.doctor()
    [(said, _)] = book.app.impl.alerts
    assert (
        "Files beside it: xlwings.conf could make the buttons run a program of somebody else's; "
        "move the workbook to a folder of its own."
    ) in said.splitlines()


@pytest.fixture
def in_excel(tmp_path: Path, book: xw.Book, monkeypatch: pytest.MonkeyPatch) -> xw.Book:
    """The same, open in Excel on Windows."""
    clicked = opened(tmp_path / "scorecard.xlsx", name="excel")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(xw.Book, "_mock_caller", clicked, raising=False)
    return clicked


def test_a_check_needs_no_other_sheet_than_checks(in_excel: xw.Book) -> None:
    in_excel.impl.file["Scorecard"].protection.sheet = True
    type_count(in_excel, "referrals_r12m", 5.5)
    addin.check()
    [(said, _)] = in_excel.app.impl.alerts
    assert said.startswith("Checked: 1 error and 0 warnings, listed on the sheet Checks. 'Counts'!")
    assert in_excel.sheets["Checks"].range("A5:E5").formula[0][0] == "error"


@pytest.mark.parametrize("click", [addin.check, addin.refresh], ids=["check", "refresh"])
def test_an_error_is_named_even_where_it_cannot_be_listed(
    in_excel: xw.Book, click: Callable[[], None]
) -> None:
    in_excel.impl.file["Checks"].protection.sheet = True
    type_count(in_excel, "referrals_r12m", 5.5)
    click()
    [(said, _)] = in_excel.app.impl.alerts
    assert ": 1 error and 0 warnings, which could not be listed on the sheet Checks. " in said
    assert "referrals_r12m is 5.5; counts are whole numbers" in said
    assert said.endswith("Review, Unprotect Sheet, then try again.")


def test_a_busy_excel_is_asked_for_a_while_only_throughout_a_click(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = types.ModuleType("xlwings._xlwindows")
    engine.N_COM_ATTEMPTS = 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", engine)
    attempts = []
    app = type(book.app.impl)
    monkeypatch.setattr(
        app, "status_bar", property(None, lambda *_: attempts.append(engine.N_COM_ATTEMPTS)),
        raising=False,
    )  # fmt: skip
    addin.check()
    assert attempts == [1]
    assert engine.N_COM_ATTEMPTS == 0


def test_a_book_that_is_no_scorecard_is_told_so(
    tmp_path: Path, book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plain.xlsx"
    openpyxl.Workbook().save(path)
    monkeypatch.setattr(xw.Book, "_mock_caller", opened(path), raising=False)
    addin.refresh()
    [(said, _)] = xw.Book.caller().app.impl.alerts
    assert "plain.xlsx" in said
    assert "not a scorecard workbook" in said


def test_a_click_that_breaks_half_way_says_that_the_scorecard_is_partly_filled(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the program fell over " + 200 * "again and ")

    type_count(book, "referrals_r12m", 14_000)
    cells = type(book.sheets["Counts"].impl.range("A1"))
    monkeypatch.setattr(cells, "row_height", property(lambda _: 15.0, broken))
    addin.refresh()
    [(said, _)] = book.app.impl.alerts
    assert said.startswith("Something happened that Scorecard does not know: RuntimeError")
    assert said.endswith(
        "The scorecard is partly filled in: undo or close it without saving, or refresh it again."
    )
    assert len(said) < 1_000


def test_what_was_not_foreseen_is_a_sentence_and_its_traceback_is_logged(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the program fell over")

    sheet = type(book.sheets["Counts"].impl.range("A1"))
    monkeypatch.setattr(sheet, "formula", property(broken, broken))
    addin.refresh()
    [(said, _)] = book.app.impl.alerts
    assert said.startswith("Something happened that Scorecard does not know: RuntimeError")
    assert str(log_file()) in said
    assert "Traceback" in log_file().read_text(encoding="utf-8")


def counts_of(book: xw.Book) -> set[str]:
    """Every count of three digits and more, as it may be written; years may stand in a log."""
    counts = {
        round(value)
        for row in book.sheets["Counts"].range("D5:E90").value
        for value in row
        if isinstance(value, int | float) and value >= 100 and not 2_000 <= value < 2_100
    }
    return {text for count in counts for text in (str(count), f"{count:,}")}


def logged_figures() -> set[str]:
    """The numbers in the log, without the times that its lines begin with."""
    lines = log_file().read_text(encoding="utf-8").splitlines()
    said = (re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ", "", line) for line in lines)
    return {figure for line in said for figure in re.findall(r"\d[\d,]*", line)}


def test_clicks_are_logged_without_figures(book: xw.Book) -> None:
    addin.refresh()
    logged = log_file().read_text(encoding="utf-8")
    assert "scorecard.xlsx refreshed: 20 Green" in logged
    assert {"322813", "322,813"} <= counts_of(book)
    assert logged_figures() & counts_of(book) == set()
    assert logging.getLogger("scorecard_xl").handlers == []


@pytest.mark.parametrize("click", [addin.refresh, addin.check, addin.roll_forward, addin.circulate])
def test_clicks_that_fail_are_logged_without_figures(
    book: xw.Book, click: Callable[[], None]
) -> None:
    # The error that is told names the count, the log does not.
    type_count(book, "referrals_r12m", 76543.5)
    click()
    [(said, _)] = book.app.impl.alerts
    assert "76543.5" in said.replace(",", "")
    assert "76543" not in "".join(logged_figures())
    assert logged_figures() & counts_of(book) == set()
    assert "1 error" in log_file().read_text(encoding="utf-8")


def test_a_click_that_a_program_refuses_is_logged_without_figures(book: xw.Book) -> None:
    trips = book.app.impl.trips
    trips.failures, trips.fails_at = [NotImplementedError("no")], lambda at: at == "Range.raw_value"
    addin.refresh()
    assert "could not do this: no." in log_file().read_text(encoding="utf-8")
    assert logged_figures() & counts_of(book) == set()


def test_a_book_handed_over_is_refreshed_by_the_script(book: xw.Book) -> None:
    type_count(book, "initial_assessments_in_7_days_ytd", 6_000)
    addin.refresh_script(book)
    assert "Green to Red" in book.app.impl.alerts[0][0]


# As RunPython does it, with what lies beside the workbook first on the path.
RUN = (
    "import sys, xlwings.utils; xlwings.utils.prepare_sys_path(sys.argv.pop(1)); "
    "from scorecard_xl import addin; addin.refresh()"
)


def run(folder: Path, flag: str, *names: str) -> subprocess.CompletedProcess[str]:
    """Click with modules of those names beside the workbook, each of which leaves a mark."""
    for name in names:
        (folder / f"{name}.py").write_text(
            f"import pathlib; pathlib.Path({str(folder / 'RAN')!r}).write_text({name!r})\n"
        )
    arguments = f"{flag};{folder / 'kent.xlsx'};{folder / 'kent.xlsx'};;;;"
    return subprocess.run(
        [sys.executable, "-B", "-c", RUN, arguments, "--wb=kent.xlsm", "--from_xl=1"],
        capture_output=True, text=True, check=False, cwd=folder.parent,
    )  # fmt: skip


LIBRARIES = ("pandas", "numpy", "openpyxl", "lxml", "platformdirs", "rich", "click", "dateutil")


@pytest.mark.parametrize("flag", ["true", "false"])
def test_no_library_is_taken_from_beside_the_workbook(tmp_path: Path, flag: str) -> None:
    done = run(tmp_path, flag, *LIBRARIES, *sorted(sys.stdlib_module_names - {"sitecustomize"}))
    assert not (tmp_path / "RAN").exists()
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1] == (
        "The excel engine needs Excel, and none is installed here; use --engine file."
    )
    assert "Traceback" not in done.stderr


def test_a_module_loaded_from_beside_the_workbook_before_is_refused(tmp_path: Path) -> None:
    (tmp_path / "helper_of_mine.py").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; "
         "import helper_of_mine; from scorecard_xl import addin; addin.refresh()"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 1
    assert "helper_of_mine.py, which does not belong to its installation" in done.stderr
