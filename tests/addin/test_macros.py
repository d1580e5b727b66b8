"""LibreOffice runs every button: what it hands to RunPython, and what it says without it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import addin
from tests.scorecards import KENT, ROOT, TEMPLATES
from workbook_templates.build.office_parts import ADDIN, MACRO_WORKBOOK, retyped

if TYPE_CHECKING:
    from pathlib import Path

    from tests.addin.macro_calc import MacroBook, MacroCalc, XlwingsStandIn

REFRESH, CHECK, DOCTOR = "refresh", "check", "doctor"
COMMANDS = {action: f"from scorecard_xl import addin; addin.{action}()" for action in addin.ACTIONS}
MACROS = {"ScorecardRefresh": REFRESH, "ScorecardCheck": CHECK, "ScorecardDoctor": DOCTOR}
STOPPED = (
    "Your organisation stops Excel from starting other programs. "
    "Use Scorecard from the Start menu, or send IT the page For your IT desk."
)
NO_XLWINGS = (
    "The xlwings add-in is not loaded in this Excel, and Scorecard starts Python through it; "
    "run scorecard-xl addin install, then restart Excel, or use Scorecard from the Start menu."
)


@pytest.mark.parametrize(("macro", "action"), MACROS.items())
def test_a_macro_hands_its_fixed_command_to_xlwings(
    kent: MacroBook, xlwings: XlwingsStandIn, macro: str, action: str
) -> None:
    kent.call(f"ScorecardButtons.{macro}")
    assert xlwings.asked == [f"kent.xlsm: {COMMANDS[action]}"]


@pytest.mark.parametrize("action", COMMANDS)
def test_a_ribbon_button_hands_the_command_of_its_tag(
    kent: MacroBook, xlwings: XlwingsStandIn, action: str
) -> None:
    kent.call("ScorecardButtons.RibbonAction", kent.control(action))
    assert xlwings.asked == [f"kent.xlsm: {COMMANDS[action]}"]


@pytest.mark.parametrize("sheet", ["Scorecard", "Counts"])
def test_the_button_on_a_sheet_refreshes(
    kent: MacroBook, xlwings: XlwingsStandIn, sheet: str
) -> None:
    (script,) = kent.button_scripts(sheet)
    kent.run_script(script)
    assert xlwings.asked == [f"kent.xlsm: {COMMANDS[REFRESH]}"]


def test_a_command_that_was_handed_over_needs_no_words(kent: MacroBook) -> None:
    assert kent.call("ScorecardCall.AnswerTo", REFRESH) == ""


def test_a_word_that_stands_for_no_action_runs_nothing(
    kent: MacroBook, xlwings: XlwingsStandIn
) -> None:
    assert kent.call("ScorecardCall.AnswerTo", "addin.refresh") == ""
    assert xlwings.asked == []


def test_the_add_in_serves_a_workbook_without_macros(
    xlwings: XlwingsStandIn, macro_calc: MacroCalc, folder: Path, tmp_path: Path
) -> None:
    book = tmp_path / "scorecard.xlam"
    # LibreOffice opens no add-ins; as a workbook with macros, it is the same in all else.
    content = (TEMPLATES / "scorecard.xlam").read_bytes()
    book.write_bytes(retyped(content, old=ADDIN, new=MACRO_WORKBOOK))
    (folder / "mine.xlsx").write_bytes(KENT.read_bytes())
    with macro_calc.open(book) as macros, macro_calc.open(folder / "mine.xlsx"):
        assert macros.call("ScorecardCall.AnswerTo", CHECK) == ""
    assert xlwings.asked == [f"mine.xlsx: {COMMANDS[CHECK]}"]


@pytest.mark.parametrize("number", ["70", "1000"])
def test_a_stopped_child_process_is_told_with_what_to_do(
    kent: MacroBook, xlwings: XlwingsStandIn, number: str
) -> None:
    xlwings.answer("error", number)
    assert kent.call("ScorecardCall.AnswerTo", DOCTOR) == STOPPED


def test_another_error_is_told_with_its_number(kent: MacroBook, xlwings: XlwingsStandIn) -> None:
    xlwings.answer("error", "13")
    assert kent.call("ScorecardCall.AnswerTo", REFRESH) == (
        "Python was not started: Excel gives error 13 (the reason). Restart Excel and try again; "
        "if it comes back, run scorecard-xl doctor, which looks for the cause."
    )


def test_a_missing_macro_of_xlwings_is_told_with_what_to_do(kent: MacroBook) -> None:
    assert kent.call("ScorecardSentences.SentenceOfError", "1004", "Cannot run the macro") == (
        "The xlwings add-in does not answer: Excel cannot run its RunPython. Run scorecard-xl "
        "addin install, then restart Excel; if that does not help, macros may be switched off: "
        "send IT the page For your IT desk."
    )


def test_a_missing_add_in_is_told_before_anything_is_run(
    macro_calc: MacroCalc, kent_path: Path
) -> None:
    with macro_calc.open(kent_path) as book:
        assert book.call("ScorecardCall.AnswerTo", REFRESH) == NO_XLWINGS


def test_an_xlwings_add_in_beside_the_workbook_is_not_loaded(
    macro_calc: MacroCalc, kent_path: Path, folder: Path
) -> None:
    (folder / "xlwings.xlam").write_bytes((TEMPLATES / "scorecard.xlam").read_bytes())
    with macro_calc.open(kent_path) as book:
        assert book.call("ScorecardCall.AnswerTo", REFRESH) == NO_XLWINGS


def test_the_words_for_an_it_desk_name_the_version(kent: MacroBook) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert kent.call("ScorecardSentences.AboutScorecard").startswith(
        f"Scorecard {project['version']}. Refresh fills the scorecard"
    )
