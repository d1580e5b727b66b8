"""A mailed workbook runs no code: what stands in or beside it is refused, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.addin.macro_calc import MacroBook, XlwingsStandIn

REFRESH = "refresh"
OWN_FOLDER = "move the workbook to a folder of its own"
AFTER_INSTALL = (
    f"{OWN_FOLDER}, or run scorecard-xl addin install, after which nothing beside a workbook is "
    "run."
)


def lay(folder: Path, name: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")


@pytest.mark.parametrize("name", ["xlwings.conf", "XLWINGS.CONF", "pandas.py", "Pandas.PY"])
def test_a_sheet_that_would_run_code_is_refused(
    book: MacroBook, xlwings: XlwingsStandIn, name: str
) -> None:
    book.add_sheet(name)
    assert book.call("ScorecardCall.AnswerTo", REFRESH) == (
        f"Nothing was run on 'kent.xlsm': its sheet '{name}' could run a program of somebody "
        "else's; delete that sheet if you know where it comes from, or ask your IT desk."
    )
    assert xlwings.asked == []


@pytest.mark.parametrize("name", ["_xlwings.conf", "conf", "py", "notes.python"])
def test_a_sheet_with_a_name_like_it_is_not(book: MacroBook, name: str) -> None:
    book.add_sheet(name)
    assert book.call("ScorecardCall.AnswerTo", REFRESH) == ""


@pytest.mark.parametrize("name", ["xlwings.conf", "XlWings.Conf"])
@pytest.mark.parametrize("on_path", ["true", "false"])
def test_a_settings_file_beside_it_is_refused(
    book: MacroBook, xlwings: XlwingsStandIn, folder: Path, name: str, on_path: str
) -> None:
    xlwings.answer("on_path", on_path)
    lay(folder, name)
    assert book.call("ScorecardCall.AnswerTo", REFRESH) == (
        "Nothing was run on 'kent.xlsm': the file xlwings.conf beside it could run a program of "
        f"somebody else's; {OWN_FOLDER}."
    )
    assert xlwings.asked == []


@pytest.mark.parametrize(
    ("laid", "named"),
    [
        pytest.param("pandas.py", "pandas.py", id="a module"),
        pytest.param("Pandas.PYW", "Pandas.PYW", id="a module without console"),
        pytest.param("pandas.cp311-win_amd64.pyd", "pandas.cp311-win_amd64.pyd", id="a library"),
        pytest.param("pandas.abi3.so", "pandas.abi3.so", id="a library for Mac"),
        pytest.param("pandas.pyc", "pandas.pyc", id="a compiled module"),
        pytest.param(".pandas.py", ".pandas.py", id="a hidden file"),
        pytest.param("pandas/__init__.py", "__init__.py", id="a package"),
        pytest.param("a/b/c/module.py", "module.py", id="a package in packages"),
        pytest.param("kent.zip", "kent.zip", id="an archive with the workbook's name"),
        pytest.param("KENT.ZIP", "KENT.ZIP", id="the same in capitals"),
    ],
)
def test_what_python_would_import_from_beside_it_is_refused(
    book: MacroBook, xlwings: XlwingsStandIn, folder: Path, laid: str, named: str
) -> None:
    lay(folder, laid)
    assert book.call("ScorecardCall.AnswerTo", REFRESH) == (
        f"Nothing was run on 'kent.xlsm': Python would run '{named}', which lies beside it; "
        f"{AFTER_INSTALL}"
    )
    assert xlwings.asked == []


@pytest.mark.parametrize(
    "name",
    ["other.xlsx", "other.zip", "notes.txt", "python", "old papers/module.py", "2013-01/module.py"],
)
def test_what_python_would_not_import_is_not(
    book: MacroBook, xlwings: XlwingsStandIn, folder: Path, name: str
) -> None:
    lay(folder, name)
    assert book.call("ScorecardCall.AnswerTo", REFRESH) == ""
    assert len(xlwings.asked) == 1


def test_what_lies_beside_it_is_no_matter_where_xlwings_leaves_the_folder_out(
    book: MacroBook, xlwings: XlwingsStandIn, folder: Path
) -> None:
    xlwings.answer("on_path", "False")
    lay(folder, "pandas.py")
    assert book.call("ScorecardCall.AnswerTo", REFRESH) == ""


def test_what_lies_beside_it_is_refused_where_the_setting_cannot_be_asked(
    book: MacroBook, xlwings: XlwingsStandIn, folder: Path
) -> None:
    xlwings.answer("config_error", "5")
    lay(folder, "pandas.py")
    assert "'pandas.py'" in book.call("ScorecardCall.AnswerTo", REFRESH)


def test_more_folders_than_can_be_searched_are_refused(book: MacroBook, folder: Path) -> None:
    for i in range(200):
        (folder / f"month_{i}").mkdir()
    assert book.call("ScorecardCall.AnswerTo", REFRESH) == (
        "Nothing was run on 'kent.xlsm': beside it lie more folders than can be searched for "
        f"Python files; {AFTER_INSTALL}"
    )


def test_an_archive_counts_if_the_workbooks_name_may_be_shown_otherwise(
    book: MacroBook, folder: Path
) -> None:
    lay(folder, "other.zip")
    sentence = book.call("ScorecardGuard.RefusalOfPlace", "Łódź.xlsx", str(folder))
    assert "'other.zip'" in sentence


def test_a_folder_that_cannot_be_listed_is_refused(book: MacroBook, folder: Path) -> None:
    assert book.call("ScorecardGuard.RefusalOfPlace", "kent.xlsx", str(folder / "absent")) == (
        "Nothing was run on 'kent.xlsx': the files beside it cannot be listed; move the workbook "
        "to a folder of its own with a short name of plain letters."
    )


@pytest.mark.parametrize("character", [*';"^|`%$!', "\\", "\t", "\x07", "\x7f"])
def test_a_character_that_a_command_line_gives_a_meaning_to_is_refused(
    book: MacroBook, folder: Path, character: str
) -> None:
    in_name = book.call("ScorecardGuard.RefusalOfPlace", f"k{character}.xlsx", str(folder))
    in_folder = book.call("ScorecardGuard.RefusalOfPlace", "k.xlsx", f"{folder}{character}")
    assert in_name == (
        f"Nothing was run on 'k{character}.xlsx': its name, or that of its folder, holds one of "
        '; " ^ | ` % $ ! (on a Mac also \\), or a sign that cannot be seen; rename it, and try '
        "again."
    )
    assert in_folder == in_name.replace(f"k{character}.xlsx", "k.xlsx")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("$(touch pwned).xlsx", id="a command of a Mac's shell"),
        pytest.param("$PATHEXT.xlsx", id="a variable that Python expands"),
        pytest.param("a\\')or(1)#.xlsx", id="the end of a text of Python"),
        pytest.param("x & calc %CMDCMDLINE% .xlsx", id="a variable of Windows that holds quotes"),
    ],
)
def test_a_name_that_would_be_run_is_refused(book: MacroBook, folder: Path, name: str) -> None:
    sentence = book.call("ScorecardGuard.RefusalOfPlace", name, str(folder))
    assert sentence.startswith(f"Nothing was run on '{name}': its name, or that of its folder,")


@pytest.mark.parametrize("name", ["Children & Families' (2).xlsx", "Łódź [neu] 2013-01.xlsx"])
def test_a_name_with_harmless_signs_is_taken(book: MacroBook, folder: Path, name: str) -> None:
    assert book.call("ScorecardGuard.RefusalOfPlace", name, str(folder)) == ""


def test_a_space_in_an_address_is_harmless(book: MacroBook, xlwings: XlwingsStandIn) -> None:
    xlwings.answer("on_path", "false")
    place = "https://kent.sharepoint.com/Shared%20Documents"
    assert book.call("ScorecardGuard.RefusalOfPlace", "k.xlsx", place) == ""
    assert book.call("ScorecardGuard.RefusalOfPlace", "k.xlsx", place + "/%CMDCMDLINE%") != ""


def test_an_address_is_refused_while_xlwings_takes_the_folder_in(book: MacroBook) -> None:
    assert book.call("ScorecardGuard.RefusalOfPlace", "k.xlsx", "https://kent.sharepoint.com") == (
        "Nothing was run on 'k.xlsx': it lies on OneDrive or SharePoint, where the files beside "
        "it cannot be checked; run scorecard-xl addin install, after which nothing beside a "
        "workbook is run."
    )


def test_an_address_is_taken_where_xlwings_leaves_the_folder_out(
    book: MacroBook, xlwings: XlwingsStandIn
) -> None:
    xlwings.answer("on_path", "false")
    assert book.call("ScorecardGuard.RefusalOfPlace", "k.xlsx", "https://kent.sharepoint.com") == ""


def test_a_settings_file_in_the_synchronised_folder_is_refused(
    book: MacroBook, xlwings: XlwingsStandIn, folder: Path
) -> None:
    xlwings.answer("on_path", "false")
    xlwings.answer("synced", str(folder))
    lay(folder, "xlwings.conf")
    sentence = book.call("ScorecardGuard.RefusalOfPlace", "k.xlsx", "https://kent.sharepoint.com")
    assert sentence.startswith("Nothing was run on 'k.xlsx': the file xlwings.conf beside it")


def test_a_workbook_that_was_never_saved_is_refused(book: MacroBook) -> None:
    assert book.call("ScorecardGuard.RefusalOfPlace", "Book1", "") == (
        "'Book1' has not been saved yet; save it, and try again."
    )


def test_a_workbook_that_is_no_scorecard_is_refused(
    book: MacroBook, xlwings: XlwingsStandIn
) -> None:
    book.remove_name("scorecard_body")
    assert book.call("ScorecardCall.AnswerTo", REFRESH) == (
        "'kent.xlsm' is not a scorecard: it has no name scorecard_body; "
        "click into a scorecard workbook and try again."
    )
    assert xlwings.asked == []


def test_no_workbook_at_all_is_refused(book: MacroBook) -> None:
    assert book.call("Probe.RefusalOfNothing") == (
        "No workbook is ready for editing; choose a scorecard workbook, click Enable Editing if "
        "Excel offers it, and try again."
    )
