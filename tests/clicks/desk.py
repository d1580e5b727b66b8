"""An analyst's desk: LibreOffice with its windows, our extension in it, macro security on."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scorecard_xl.engines.libreoffice import attach
from scorecard_xl.engines.libreoffice.installation import soffice_program, uno_module
from scorecard_xl.exceptions import EngineError
from scorecard_xl.installing_libreoffice import install_libreoffice
from tests.clicks.screen import HEIGHT, WIDTH
from tests.open_files import held_by
from tests.scorecards import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import xlwings as xw

    from tests.clicks.screen import Screen

# A machine that is busy with other tests may take a minute for what takes two seconds.
SECONDS = 180.0
# Numbers of LibreOffice's accessible roles.
ALERT, DIALOG, STATIC = 1, 12, 86
# What LibreOffice would greet a new user with is left out; macro security stays high, as it comes.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse">\
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" \
oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" \
oor:op="fuse"><value>7.4</value></prop></item>
<item oor:path="/org.openoffice.Office.Recovery/RecoveryInfo"><prop oor:name="Enabled" \
oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


class Desk:
    """LibreOffice on a screen; `trusted` is the one folder whose macros it runs."""

    def __init__(self, folder: Path, screen: Screen) -> None:
        self.screen = screen
        self.trusted = folder / "trusted"
        self.trusted.mkdir(parents=True)
        self.profile = folder / "profile"
        self.greeted: list[str] = []
        (self.profile / "user").mkdir(parents=True)
        settings = self.profile / "user" / "registrymodifications.xcu"
        settings.write_text(_SETTINGS, encoding="utf-8")
        install_libreoffice(
            interpreter=Path(sys.executable), trust=(self.trusted,), profile=self.profile
        )
        self.pipe = f"desk_{secrets.token_hex(6)}"
        self._environment = {
            **screen.environment,
            "PYTHONPATH": str(ROOT),
            "XDG_STATE_HOME": str(folder),
        }

    def __enter__(self) -> Self:
        self._process = self._started("--nodefault", f"--accept=pipe,name={self.pipe};urp")
        self.app = eventually(lambda: attach(self.pipe))
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Ask LibreOffice to end, and wait until it has ended of itself."""
        if self._process.poll() is None:
            # What LibreOffice does not answer never returns.
            threading.Thread(target=self._ask_to_end, daemon=True).start()
            try:
                self._process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
                raise
        self.app.quit()

    def _ask_to_end(self) -> None:
        # It cuts the connection while it answers.
        with contextlib.suppress(Exception):
            self.app.api.terminate()

    @property
    def process_id(self) -> int:
        """The process that is LibreOffice."""
        return self._process.pid

    def _started(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                str(soffice_program()),
                f"-env:UserInstallation={self.profile.as_uri()}",
                "--norestore",
                "--nologo",
                *arguments,
            ],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextlib.contextmanager
    def open(self, path: Path, *, with_macros: bool = True) -> Iterator[OpenBook]:
        """Open a workbook as a user does, by its name; closed unsaved at the end."""
        self.greeted = []
        asking = self._started(str(path))
        eventually(lambda: asking.poll() is not None or self._greeted())
        book = OpenBook(self, eventually(lambda: self._book_at(path, with_macros=with_macros)))
        try:
            book.fill_the_screen()
            yield book
        finally:
            if self._process.poll() is None:
                if self._boxes():
                    self.close_message()
                book.wait_until_done()
                book.close()

    def _greeted(self) -> bool:
        """Close what LibreOffice says when it opens a workbook, and note it."""
        self.greeted += self.messages()
        if self.greeted:
            self.close_message()
        return bool(self.greeted)

    def _book_at(self, path: Path, *, with_macros: bool) -> xw.Book | None:
        """The workbook once it is shown, and what goes with it is there."""
        books = {each.fullname: each for each in self.app.books}
        is_ready = not with_macros or any(Path(name).name == "xlwings.xlam" for name in books)
        return books.get(str(path)) if is_ready else None

    def messages(self) -> list[str]:
        """The texts of the message boxes that are open."""
        return [
            name
            for box in self._boxes()
            for name, part in _parts_of(box)
            if part.getAccessibleRole() == STATIC
        ]

    def _boxes(self) -> list[Any]:
        toolkit = self.app.impl.office.service("com.sun.star.awt.Toolkit")
        windows = [toolkit.getTopWindow(i) for i in range(toolkit.getTopWindowCount())]
        # A window that is just closing may be gone by now, or have no context any more.
        contexts = [window.getAccessibleContext() for window in windows if window is not None]
        return [
            each
            for each in contexts
            if each is not None and each.getAccessibleRole() in (ALERT, DIALOG)
        ]

    def message(self) -> str:
        """The text of the message box that opens."""
        return str(eventually(self.messages)[0])

    def close_message(self) -> None:
        """Press the button of the message box that is open."""
        count = len(self._boxes())

        def is_closed() -> bool:
            boxes = self._boxes()
            if len(boxes) < count:
                return True
            # A box that has only just opened may miss a click, and another may take its place.
            for button in [part for name, part in _parts_of(boxes[0]) if name == "OK"]:
                self.screen.click(*_middle_of(button))
            time.sleep(0.5)
            return len(self._boxes()) < count

        eventually(is_closed)

    def is_at_work(self) -> bool:
        """Whether a Python does what a press asks for, and not only waits for one."""
        return len(self.children()) != int(self.has_one_waiting())

    def has_one_waiting(self) -> bool:
        """Whether LibreOffice has a Python that has loaded and waits for a press."""
        factory = self.app.impl.office.service(
            "com.sun.star.script.provider.MasterScriptProviderFactory"
        )
        script = factory.createScriptProvider("").getScript(
            "vnd.sun.star.script:scorecard_xl.Scorecard.HasOneWaiting"
            "?language=Basic&location=application"
        )
        return bool(script.invoke((), (), ())[0])

    def pipes(self) -> list[Path]:
        """The pipes at which LibreOffice listens, for buttons too."""
        links = held_by(self.process_id).values()
        numbers = {link[8:-1] for link in links if link.startswith("socket:[")}
        lines = Path(f"/proc/{self.process_id}/net/unix").read_text().splitlines()[1:]
        fields = [line.split(maxsplit=7) for line in lines]
        return [Path(each[7]) for each in fields if len(each) == 8 and each[6] in numbers]

    def children(self) -> list[int]:
        """The processes that LibreOffice started and that still run."""
        tasks = Path(f"/proc/{self.process_id}/task").glob("*/children")
        children = [int(child) for task in tasks for child in task.read_text().split()]
        return [child for child in children if not has_ended(child)]


class OpenBook:
    """A workbook that is open on the desk."""

    def __init__(self, desk: Desk, book: xw.Book) -> None:
        self._desk, self._screen, self.book = desk, desk.screen, book
        self._document = book.api

    def fill_the_screen(self) -> None:
        """Make the window as large as the screen."""
        self._window.setPosSize(0, 0, WIDTH, HEIGHT, 15)
        self._window.setFocus()
        time.sleep(0.5)

    @property
    def _window(self) -> Any:
        return self._document.CurrentController.Frame.ContainerWindow

    def close(self) -> None:
        """Close it unsaved."""
        self._document.close(True)

    def type_into(self, sheet: str, cell: str, text: str) -> None:
        """Go to a cell and type on the keyboard."""
        controller = self._document.CurrentController
        target = self._document.Sheets.getByName(sheet)
        controller.setActiveSheet(target)
        controller.select(target.getCellRangeByName(cell))
        controller.ComponentWindow.setFocus()
        time.sleep(0.3)
        self._screen.type(text)
        eventually(lambda: self.shown(sheet, cell).replace(",", "") == text)

    def click_button(self, sheet: str) -> None:
        """Press the button on a sheet with the mouse."""
        self._screen.click(*self.place_of_button(sheet))

    def place_of_button(self, sheet: str) -> tuple[int, int]:
        """Go to a sheet and find its button on the screen."""
        controller = self._document.CurrentController
        target = self._document.Sheets.getByName(sheet)
        controller.setActiveSheet(target)
        time.sleep(0.3)
        page = target.DrawPage
        shapes = [page.getByIndex(i) for i in range(page.Count)]
        button = next(shape.Control for shape in shapes if hasattr(shape, "Control"))
        return _middle_of(controller.getControl(button).getAccessibleContext())

    def choose(self, action: str) -> None:
        """Do what choosing an entry of Tools, Add-Ons does."""
        office = self._desk.app.impl.office
        entry = f"scorecard_xl.Menu.Menu_{action}?language=Basic&location=application"
        frame = self._document.CurrentController.Frame
        helper = office.service("com.sun.star.frame.DispatchHelper")

        def dispatch() -> None:
            helper.executeDispatch(frame, f"vnd.sun.star.script:{entry}", "", 0, ())

        # Menus run what they hold on LibreOffice's first thread, and macros count on it.
        office.service("com.sun.star.awt.AsyncCallback").addCallback(_Callback(dispatch), None)

    def wait_until_done(self) -> None:
        """Wait until the Python that a press started is done."""
        eventually(lambda: not self._desk.is_at_work())

    def shown(self, sheet: str, cell: str) -> str:
        """A cell's text as a person sees it."""
        return str(self._document.Sheets.getByName(sheet).getCellRangeByName(cell).String)

    def texts(self, sheet: str, cells: str) -> list[list[str]]:
        """The texts of cells as a person sees them."""
        area = self._document.Sheets.getByName(sheet).getCellRangeByName(cells)
        return [
            [area.getCellByPosition(j, i).String for j in range(area.Columns.Count)]
            for i in range(area.Rows.Count)
        ]


class _Callback:
    """What LibreOffice calls when it comes to it."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802 - the bridge asks for it by this name
        return (uno_module().getTypeByName("com.sun.star.awt.XCallback"),)

    def getImplementationId(self) -> bytes:  # noqa: N802
        return b""

    def notify(self, _data: object) -> None:
        self._action()


def _parts_of(context: Any) -> Iterator[tuple[str, Any]]:
    """Names and contexts of a window's parts."""
    for i in range(context.getAccessibleChildCount()):
        child = context.getAccessibleChild(i)
        part = child and child.getAccessibleContext()
        if part is not None:
            yield part.getAccessibleName(), part
            yield from _parts_of(part)


def _middle_of(context: Any) -> tuple[int, int]:
    corner, size = context.getLocationOnScreen(), context.getSize()
    return corner.X + size.Width // 2, corner.Y + size.Height // 2


def eventually(ask: Callable[[], Any]) -> Any:
    """The first answer that says something, within some seconds."""
    give_up = time.monotonic() + SECONDS
    bridge_error = uno_module().getClass("com.sun.star.uno.Exception")
    while True:
        try:
            answer = ask()
        except (EngineError, bridge_error):
            answer = None
        if answer:
            return answer
        if time.monotonic() > give_up:
            message = f"nothing within {SECONDS} seconds"
            raise TimeoutError(message)
        time.sleep(0.05)


def has_ended(process: int) -> bool:
    """Whether a process has ended, asked after by its parent or not."""
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True


def artefacts(folder: Path) -> Path:
    """Where pictures are kept: where the environment says, or else with the test's files."""
    path = Path(os.environ.get("SCORECARD_XL_ARTEFACTS") or folder)
    path.mkdir(parents=True, exist_ok=True)
    return path
