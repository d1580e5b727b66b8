"""LibreOffice leaves nothing behind, however it or Python ends."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scorecard_xl import EngineError
from scorecard_xl.engines.libreoffice import attach, guard, installation, libreoffice_app, office
from tests.engines.libreoffice.folders import names_in
from tests.open_files import Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
SECONDS = 10.0

CHILD = """
import sys, time
from scorecard_xl.engines.libreoffice import libreoffice_app
with libreoffice_app() as app:
    book = app.books.open(sys.argv[1])
    book.sheets[0]["A1"].value = 99
    print(app.pid, flush=True)
    time.sleep(60)
"""


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def happens(claim: Callable[[], bool]) -> bool:
    """Whether a claim comes true within some seconds."""
    give_up = time.monotonic() + SECONDS
    while not claim() and time.monotonic() < give_up:
        time.sleep(0.05)
    return claim()


def left_by(maker: int) -> list[str]:
    """Name the folders and sockets of LibreOffices that a process started."""
    mine = re.compile(rf"scorecard_xl_libreoffice_{maker}_|OSL_PIPE_\d+_scorecard_xl_{maker}_")
    return [name for name in names_in(tempfile.gettempdir()) if mine.match(name)]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    made.active["A1"] = 1
    made.save(tmp_path / "counts.xlsx")
    return tmp_path / "counts.xlsx"


@pytest.mark.usefixtures("installed")
def test_fifty_rounds_leave_nothing_behind(workbook: Path) -> None:
    before = set(left_by(os.getpid()))
    with libreoffice_app() as app:
        for i in range(50):
            book = app.books.open(str(workbook))
            book.sheets[0]["A1"].value = i
            book.save()
            book.close()
            if i == 4:
                before_these = [Opened.by(process) for process in (app.pid, os.getpid())]
        after = [Opened.by(process) for process in (app.pid, os.getpid())]
        assert all(map(Opened.is_as, after, before_these))
        pid = app.pid
    assert (is_running(pid), set(left_by(os.getpid())) - before) == (False, set())
    assert names_in(workbook.parent) == ["counts.xlsx"]
    assert openpyxl.load_workbook(workbook).active["A1"].value == 49


@pytest.mark.usefixtures("installed")
def test_starting_and_ending_returns_what_was_taken() -> None:
    with libreoffice_app():
        pass
    before = len(names_in("/proc/self/fd"))
    for _ in range(2):
        with libreoffice_app() as app:
            app.books.add()
    assert len(names_in("/proc/self/fd")) == before


@pytest.mark.usefixtures("installed")
def test_a_killed_libreoffice_is_told_and_leaves_the_file_whole(workbook: Path) -> None:
    before = workbook.read_bytes()
    with libreoffice_app() as app:
        book = app.books.open(str(workbook))
        sheet = book.sheets[0]
        sheet["A1"].value = 99
        os.kill(app.pid, signal.SIGKILL)
        assert happens(lambda: not is_running(app.pid))
        for use in (lambda: sheet["A1"].value, book.save, lambda: app.books.open(str(workbook))):
            with pytest.raises(EngineError, match=r"LibreOffice has stopped .* as it was"):
                use()
    assert workbook.read_bytes() == before
    assert names_in(workbook.parent) == ["counts.xlsx"]


@pytest.fixture
def child(workbook: Path) -> Iterator[subprocess.Popen[str]]:
    """Run another Python that holds a workbook open in its own LibreOffice."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(workbook)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_python_leaves_nothing_behind(
    child: subprocess.Popen[str], workbook: Path, number: signal.Signals
) -> None:
    before = workbook.read_bytes()
    assert child.stdout is not None
    pid = int(child.stdout.readline())
    assert (workbook.parent / ".~lock.counts.xlsx#").exists()
    child.send_signal(number)
    assert happens(lambda: not is_running(pid))
    assert happens(lambda: left_by(child.pid) == [])
    assert names_in(workbook.parent) == ["counts.xlsx"]
    assert workbook.read_bytes() == before


@pytest.mark.usefixtures("installed")
def test_what_even_the_guard_left_goes_at_the_next_start(
    child: subprocess.Popen[str], workbook: Path
) -> None:
    assert child.stdout is not None
    pid = int(child.stdout.readline())
    parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    child.kill()
    with contextlib.suppress(ProcessLookupError):
        os.kill(parent, signal.SIGKILL)
    child.wait()
    assert happens(lambda: not is_running(pid))
    with libreoffice_app():
        assert left_by(child.pid) == []
        assert names_in(workbook.parent) == ["counts.xlsx"]


def test_a_lock_of_someone_else_stays(tmp_path: Path) -> None:
    folder = tmp_path / "scorecard_xl_libreoffice_1_x"
    folder.mkdir()
    mine, other = tmp_path / ".~lock.mine.xlsx#", tmp_path / ".~lock.other.xlsx#"
    mine.write_text(f",ann,pc,24.11.2026,file://{folder}/profile;")
    other.write_text(",bob,pc,24.11.2026,file:///another/profile;")
    guard.note_belonging(folder, mine)
    guard.note_belonging(folder, other)
    guard.clear_away(folder)
    assert names_in(tmp_path) == [other.name]


@pytest.mark.usefixtures("installed")
def test_two_programs_run_beside_each_other(workbook: Path) -> None:
    with libreoffice_app() as one, libreoffice_app() as two:
        assert (one == two, one.pid == two.pid) == (False, False)
        first, second = one.books.open(str(workbook)), two.books.add()
        second.sheets[0]["A1"].value = 7
        second.sheets[0].activate()
        first.sheets[0].activate()
        assert (first.sheets[0]["A1"].value, second.sheets[0]["A1"].value) == (1.0, 7.0)
        assert (len(one.books), len(two.books)) == (1, 1)
        two.quit()
        assert first.sheets[0]["A1"].value == 1.0


@pytest.mark.usefixtures("installed")
def test_a_workbook_open_elsewhere_is_not_saved_over(workbook: Path) -> None:
    with libreoffice_app() as one, libreoffice_app() as two:
        one.books.open(str(workbook))
        with pytest.raises(EngineError, match="or another program"):
            two.books.open(str(workbook))
        reader = two.books.open(str(workbook), read_only=True)
        assert reader.sheets[0]["A1"].value == 1.0
        with pytest.raises(EngineError, match="open for reading only"):
            reader.save()


@pytest.mark.usefixtures("installed")
def test_a_running_libreoffice_is_joined_and_left_running(workbook: Path) -> None:
    with libreoffice_app() as own:
        book = own.books.open(str(workbook))
        where = own.impl.office.connection
        joined = attach(where)
        assert joined.pid == own.pid
        joined.books["counts.xlsx"].sheets[0]["A1"].value = 5
        joined.books["counts.xlsx"].save()
        joined.quit()
        assert book.sheets[0]["A1"].value == 5.0
    assert openpyxl.load_workbook(workbook).active["A1"].value == 5


JOINED = """
import sys, time
from scorecard_xl.engines.libreoffice import attach
from scorecard_xl.engines.xlwings_book import XlwingsWorkbook
app = attach(sys.argv[1])
with XlwingsWorkbook(app.books["counts.xlsx"]) as workbook:
    workbook.write_block("Sheet", 1, 1, [[99]])
    print("paused", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def is_paused(document: Any) -> bool:
    locks = document.isActionLocked(), document.hasControllersLocked()
    return any(locks) or not document.isAutomaticCalculationEnabled()


def joined(where: str, seconds: float) -> subprocess.Popen[str]:
    """Another Python that works on the workbook for some seconds."""
    return subprocess.Popen(
        [sys.executable, "-c", JOINED, where, str(seconds)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.usefixtures("installed")
def test_a_python_killed_while_it_fills_leaves_the_users_program_as_it_was(workbook: Path) -> None:
    with libreoffice_app() as own:
        document = own.books.open(str(workbook)).api
        with joined(own.impl.office.connection, 60) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "paused\n"
            assert is_paused(document)
            process.kill()
        assert happens(lambda: not is_paused(document))
        document.Sheets[0].getCellRangeByName("A2").Formula = "=A1+1"
        assert document.Sheets[0].getCellRangeByName("A2").Value == 100.0


@pytest.mark.usefixtures("installed")
def test_manual_calculation_of_the_users_own_stays(workbook: Path) -> None:
    with libreoffice_app() as own:
        document = own.books.open(str(workbook)).api
        document.enableAutomaticCalculation(False)
        with joined(own.impl.office.connection, 60) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "paused\n"
            process.kill()
        assert happens(lambda: not document.isActionLocked())
        assert not document.isAutomaticCalculationEnabled()


@pytest.mark.usefixtures("installed")
def test_a_python_that_ends_by_itself_leaves_no_deputy(workbook: Path) -> None:
    with libreoffice_app() as own:
        document = own.books.open(str(workbook)).api
        where = own.impl.office.connection
        with joined(where, 0.5) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "paused\n"
            assert happens(lambda: len(deputies(where)) == 1)
        assert (happens(lambda: not deputies(where)), is_paused(document)) == (True, False)


def deputies(where: str) -> list[str]:
    """The processes that stand in for a Python at a LibreOffice."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_text()
            if "deputy.py" in command and where in command:
                found.append(process.name)
    return found


@pytest.mark.usefixtures("installed")
def test_attaching_to_nothing_is_told() -> None:
    with pytest.raises(EngineError, match="No LibreOffice listens at 'nobody'"):
        attach("nobody")


def test_without_libreoffice_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(installation, "OTHER_PROGRAMS", ())
    with pytest.raises(EngineError, match="apt install libreoffice-calc python3-uno"):
        installation.soffice_program()


def without_uno(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the bridge, and where an earlier test may have found it."""
    monkeypatch.delitem(sys.modules, "uno", raising=False)
    path = [entry for entry in sys.path if not (Path(entry) / "uno.py").exists()]
    monkeypatch.setattr(sys, "path", path)


def test_without_the_bridge_one_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without_uno(monkeypatch)
    monkeypatch.setattr(installation, "SYSTEM_PACKAGES", tmp_path)
    with pytest.raises(EngineError, match="apt install python3-uno"):
        installation.uno_module()


def test_a_bridge_for_another_python_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "uno.py").write_text("import pyuno_built_for_another_python")
    without_uno(monkeypatch)
    monkeypatch.setattr(installation, "SYSTEM_PACKAGES", tmp_path)
    before = list(sys.path)
    with pytest.raises(EngineError, match=r"does not load in this Python 3\.\d+: it serves"):
        installation.uno_module()
    assert sys.path == before


@pytest.mark.usefixtures("installed")
def test_a_libreoffice_that_does_not_start_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(office, "soffice_program", lambda: Path("/bin/false"))
    before = left_by(os.getpid())
    with (
        pytest.raises(EngineError, match="LibreOffice did not start"),
        libreoffice_app(),
    ):  # fmt: skip
        pass
    assert left_by(os.getpid()) == before


def test_the_package_is_imported_without_loading_uno_or_xlwings() -> None:
    program = (
        "import sys, scorecard_xl.engines.libreoffice; print({'uno', 'xlwings'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "set()"
