"""Workbooks are worked on where they are open, or in a LibreOffice of their own."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scorecard_xl import EngineError, check, open_workbook, refresh
from scorecard_xl.engines.file.workbook import FileWorkbook
from scorecard_xl.engines.libreoffice import attach, libreoffice_app
from scorecard_xl.engines.libreoffice.office import TRIES_TO_CONNECT
from scorecard_xl.engines.listeners import PIPE_FOLDERS
from scorecard_xl.engines.opening import program_that_keeps
from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
from scorecard_xl.exceptions import FileError
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.counts_entry import enter_counts
from tests.cli.command import as_process
from tests.engines.libreoffice.cut_connections import cutting
from tests.engines.libreoffice.folders import names_in
from tests.judges.absence import need_libreoffice
from tests.judges.excel_parts import with_excel_parts
from tests.open_files import Opened
from tests.scorecards import KENT, TEMPLATES, copy_of, edited, enter, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

CODE = "cafs_completed_r12m"
CHANGED = 1800.0


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    need_libreoffice()
    path = copy_of(KENT, tmp_path)
    enter(path, **{CODE: CHANGED})
    # What was kept of the file before is none of these tests' concern.
    for other in path.parent.iterdir():
        if other != path:
            other.unlink()
    return path


@pytest.fixture
def listening(kent: Path) -> Iterator[xw.Book]:
    """The workbook, open in a LibreOffice that listens."""
    with libreoffice_app() as app:
        yield app.books.open(str(kent))


def pipe_of(book: xw.Book) -> Path:
    """The file of the pipe at which a book's LibreOffice listens."""
    name = book.app.impl.office.connection.removeprefix("pipe,name=")
    (pipe,) = (
        found for folder in PIPE_FOLDERS for found in Path(folder).glob(f"OSL_PIPE_*_{name}")
    )
    return pipe


def result_in(path: Path) -> object:
    return openpyxl.load_workbook(path, data_only=True)["Scorecard"]["D8"].value


@pytest.mark.parametrize("fill", ["values", "formulas"])
def test_a_count_that_reads_one_that_is_entered_is_calculated_first(kent: Path, fill: str) -> None:
    edited(kent, {place_in(kent, "Counts", CODE, "Value"): Formula("=D7-11130", 2163.0)})
    places = {"referrals_r12m": "counts.csv, line 2"}
    with open_workbook(kent, engine="libreoffice") as workbook:
        enter_counts(workbook, {"referrals_r12m": 14_130.0}, places=places)
        refresh(workbook, fill=fill)
        workbook.save()
    assert result_in(kent) == pytest.approx(92.93, abs=0.005)


def test_one_of_its_own_is_saved_kept_and_ended(kent: Path) -> None:
    before = kent.read_bytes()
    with open_workbook(kent, engine="libreoffice") as workbook:
        refresh(workbook, fill="values")
        assert program_that_keeps(workbook) is None
        workbook.save()
    assert result_in(kent) == pytest.approx(55.76, abs=0.005)
    assert names_in(kent.parent) == [kent.name, f"{kent.name}.before-refresh"]
    assert (kent.parent / f"{kent.name}.before-refresh").read_bytes() == before
    with open_workbook(kent) as workbook:
        assert check(workbook) == ()


def test_what_it_leaves_out_is_told_and_the_file_engine_named(kent: Path) -> None:
    with_parts = kent.with_name("parts.xlsx")
    with_excel_parts(kent, with_parts)
    done = as_process(kent.parent, "refresh", str(with_parts), "--engine", "libreoffice")
    assert done.err.splitlines()[-1] == (
        "parts.xlsx was written anew by LibreOffice without the frozen panes, the styles of the "
        "tables, the theme, the slicers, the threads of comments and the form controls; "
        "--engine file keeps all of it."
    )
    assert "written anew" not in as_process(kent.parent, "refresh", str(with_parts)).err


@pytest.mark.parametrize("options", [(), ("--output", "copy.xlsm")], ids=["saved", "copied"])
def test_macros_are_not_spoiled_but_refused(kent: Path, options: tuple[str, ...]) -> None:
    path = kent.with_name("macros.xlsm")
    path.write_bytes((TEMPLATES / "scorecard_kent_2013_01.xlsm").read_bytes())
    before = path.read_bytes(), names_in(kent.parent)
    done = as_process(kent.parent, "refresh", str(path), "--engine", "libreoffice", *options)
    assert (done.code, "has macros, which LibreOffice would write so" in done.err) == (1, True)
    assert (path.read_bytes(), names_in(kent.parent)) == before


def test_a_workbook_with_macros_is_read_there(kent: Path) -> None:
    path = kent.with_name("macros.xlsm")
    path.write_bytes((TEMPLATES / "scorecard_kent_2013_01.xlsm").read_bytes())
    assert as_process(kent.parent, "check", str(path), "--engine", "libreoffice").code == 0


def test_without_saving_the_file_stays_as_it_was(kent: Path) -> None:
    before = kent.read_bytes()
    with open_workbook(kent, engine="libreoffice") as workbook:
        refresh(workbook)
    assert (kent.read_bytes(), names_in(kent.parent)) == (before, [kent.name])


@pytest.mark.parametrize("engine", ["auto", "libreoffice"])
def test_where_it_is_open_it_is_refreshed_and_stays_open(
    kent: Path, listening: xw.Book, engine: str
) -> None:
    before = kent.read_bytes()
    with open_workbook(kent, engine=engine) as workbook:  # type: ignore[call-overload]
        refresh(workbook, fill="values")
        assert program_that_keeps(workbook) == "LibreOffice"
    assert listening.sheets["Scorecard"]["D8"].value == pytest.approx(55.76, abs=0.005)
    assert kent.read_bytes() == before


@pytest.mark.parametrize("cuts", [1, TRIES_TO_CONNECT - 1])
def test_a_connection_that_libreoffice_cuts_is_made_again(listening: xw.Book, cuts: int) -> None:
    with cutting(cuts, pipe_of(listening)) as address:
        app = attach(address)
        assert [book.name for book in app.books] == [listening.name]
        app.quit()


def test_a_program_that_cuts_every_connection_is_given_up(listening: xw.Book) -> None:
    with (
        cutting(TRIES_TO_CONNECT, pipe_of(listening)) as address,
        pytest.raises(EngineError, match="No LibreOffice listens"),
    ):
        attach(address)


def test_a_copy_is_saved_and_the_open_one_keeps_its_name(
    kent: Path, listening: xw.Book, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.xlsx"
    with open_workbook(kent, engine="auto") as workbook:
        refresh(workbook, fill="values")
        workbook.save_copy(copy)
    assert (listening.name, result_in(copy)) == (kent.name, pytest.approx(55.76, abs=0.005))


def test_where_it_is_not_open_auto_works_on_the_file(kent: Path) -> None:
    with open_workbook(kent, engine="auto") as workbook:
        assert isinstance(workbook, FileWorkbook)


@pytest.mark.parametrize("engine", ["auto", "file", "libreoffice"])
def test_open_out_of_reach_it_is_refused_with_the_holders_name(kent: Path, engine: str) -> None:
    (kent.parent / f".~lock.{kent.name}#").write_text(",ann,pc,24.11.2026,file:///elsewhere;")
    with pytest.raises(FileError, match="ann in LibreOffice"):
        open_workbook(kent, engine=engine)  # type: ignore[call-overload]


def test_fifty_rounds_of_open_refresh_save_close_leave_nothing_behind(kent: Path) -> None:
    with libreoffice_app() as app:
        for i in range(50):
            book = app.books.open(str(kent))
            with XlwingsWorkbook(book) as workbook:
                refresh(workbook, fill="values" if i % 2 else "formulas")
                workbook.save()
            book.close()
            if i == 4:
                before = [Opened.by(process) for process in (app.pid, os.getpid())]
        after = [Opened.by(process) for process in (app.pid, os.getpid())]
        assert all(map(Opened.is_as, after, before))
    assert names_in(kent.parent) == [kent.name]
    with open_workbook(kent) as workbook:
        assert check(workbook) == ()


def refresh_and_kill(path: Path) -> None:
    """Refresh a workbook in a LibreOffice that is killed when the first cells are written."""
    with open_workbook(path, engine="libreoffice") as workbook:
        written = workbook.write_block

        def killed(*arguments: object) -> None:
            os.kill(workbook.app.pid, signal.SIGKILL)
            written(*arguments)  # type: ignore[arg-type]

        workbook.write_block = killed  # type: ignore[method-assign]
        refresh(workbook, fill="values")


def test_killed_in_the_middle_of_a_refresh_it_is_told_and_the_file_is_whole(kent: Path) -> None:
    before = kent.read_bytes()
    with pytest.raises(EngineError, match="LibreOffice has stopped"):
        refresh_and_kill(kent)
    assert (kent.read_bytes(), names_in(kent.parent)) == (before, [kent.name])


def test_the_command_says_where_the_workbook_stays_open(kent: Path, listening: xw.Book) -> None:
    done = as_process(kent.parent, "refresh", str(kent))
    assert listening.name == kent.name
    assert "in LibreOffice, where it stays open and is not saved yet" in done.out


def test_without_a_path_the_command_asks_for_one(tmp_path: Path) -> None:
    done = as_process(tmp_path, "show", "--engine", "libreoffice")
    assert (done.code, "PATH" in done.err) == (2, True)
