"""LibreOffice as xlwings sees it: the engine, and its running programs."""

from __future__ import annotations

import atexit
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes

from scorecard_xl.engines.libreoffice.books import Book, Books
from scorecard_xl.engines.libreoffice.deputy import Deputy
from scorecard_xl.engines.libreoffice.failures import with_sentences
from scorecard_xl.engines.libreoffice.installation import uno_module
from scorecard_xl.engines.libreoffice.office import Office, OwnOffice
from scorecard_xl.engines.libreoffice.python_values import cleaned, plain
from scorecard_xl.engines.libreoffice.telling import ask, show_status
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "manual"
_AUTOMATIC = ("automatic", "semiautomatic")


@with_sentences
class App(base_classes.App):
    """One running LibreOffice.

    `enable_events`, `interactive` and `display_alerts` are remembered and change nothing: what
    this engine does raises no questions.
    """

    def __init__(self, engine: Engine, office: Office, *, visible: bool = False) -> None:
        self.engine = engine
        self.office = office
        self.copied: Any = None
        self._visible = visible
        self._screen_updating = True
        self._status: str | None = None
        self._automatic_before: dict[str, bool] = {}
        self._deputy: Deputy | None = None
        self._books = Books(self)

    display_alerts: Any = True
    enable_events: Any = True
    interactive: Any = True
    cut_copy_mode: Any = None

    @property
    def api(self) -> Any:
        return self.office.desktop

    @property
    def pid(self) -> int:
        return self.office.pid

    @property
    def books(self) -> Books:
        return self._books

    @property
    def visible(self) -> bool:
        return self._visible

    @visible.setter
    def visible(self, value: bool) -> None:
        """Show LibreOffice, or not: said when it is started, as it cannot change on the way."""

    @property
    def version(self) -> str:
        provider = self.office.service("com.sun.star.configuration.ConfigurationProvider")
        node = uno_module().createUnoStruct("com.sun.star.beans.NamedValue")
        node.Name, node.Value = "nodepath", "/org.openoffice.Setup/Product"
        service = "com.sun.star.configuration.ConfigurationAccess"
        product = provider.createInstanceWithArguments(service, (node,))
        return str(product.getByName("ooSetupVersionAboutBox"))

    @property
    def status_bar(self) -> str | None:
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | None) -> None:
        self._status = value or None
        if self._visible:
            show_status(self.books.active.document.CurrentController.Frame, self._status)

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        if not self._visible:
            raise NotImplementedError("This LibreOffice has no windows to show a message in.")
        window = self.books.active.document.CurrentController.Frame.ContainerWindow
        return ask(window, prompt, title=title or "", buttons=buttons, mode=mode or "info")

    @property
    def selection(self) -> Any:
        book = self.books.active
        selected = book.document.CurrentController.getSelection()
        address = getattr(selected, "RangeAddress", None)
        return None if address is None else book.range_of(address)

    def activate(self, steal_focus: bool = False) -> None:
        """Make this the active program, and its engine the active one: xlwings checks both."""
        self.engine.apps.put_first(self)
        ENGINE.activate()

    @property
    def screen_updating(self) -> bool:
        return self._screen_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if bool(value) != self._screen_updating:
            self._screen_updating = bool(value)
            self._note_pause()
            for book in self.books:
                self._lock(book, locked=not value)
            self._note_pause()

    @staticmethod
    def _lock(book: Book, *, locked: bool) -> None:
        if locked:
            book.document.lockControllers()
            book.document.addActionLock()
        else:
            book.document.removeActionLock()
            book.document.unlockControllers()

    def _note_pause(self) -> None:
        """Have a deputy know what would have to go on in a user's program."""
        is_paused = not self._screen_updating or self._automatic_before
        if self.office.is_own or (self._deputy is None and not is_paused):
            return
        if self._deputy is None:
            bridge = Path(uno_module().__file__).parent
            self._deputy = Deputy(self.office.connection, bridge)
        documents = [book.document for book in self.books] if is_paused else []
        before = self._automatic_before
        self._deputy.note(
            {
                document.RuntimeUID: before.get(
                    document.RuntimeUID, document.isAutomaticCalculationEnabled()
                )
                for document in documents
            }
        )

    def _dismiss_deputy(self) -> None:
        if self._deputy is not None:
            self._deputy.end()
            self._deputy = None

    def prepare(self, document: Any) -> None:
        """Apply the settings of the program to a workbook that was opened."""
        if not self._screen_updating:
            self._lock(Book(self._books, document), locked=True)

    @property
    def calculation(self) -> str:
        automatic = self.books.active.document.isAutomaticCalculationEnabled()
        return _AUTOMATIC[0] if automatic else _MANUAL

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in (*_AUTOMATIC, _MANUAL):
            choices = ", ".join((*_AUTOMATIC, _MANUAL))
            raise EngineError(f"calculation {value!r} is not known; use {choices}.")
        documents = [book.document for book in self.books]
        if value == _MANUAL:
            now = {each.RuntimeUID: each.isAutomaticCalculationEnabled() for each in documents}
            self._automatic_before = now | self._automatic_before
            self._note_pause()
        for document in documents:
            document.enableAutomaticCalculation(value != _MANUAL)
        if value != _MANUAL:
            self._automatic_before = {}
            self._note_pause()

    def calculate(self) -> None:
        for book in self.books:
            book.document.calculateAll()

    def run(self, macro: str, args: tuple[Any, ...]) -> Any:
        """Run a workbook's Basic macro: ``Module1.Name`` or ``'Book.xlsm'!Module1.Name``."""
        book_name, _, name = macro.rpartition("!")
        book = self.books(book_name.strip("'")) if book_name else self.books.active
        where = f"vnd.sun.star.script:VBAProject.{name}?language=Basic&location=document"
        return book.document.getScriptProvider().getScript(where).invoke(tuple(args), (), ())[0]

    def quit(self) -> None:
        """Close the workbooks of an own LibreOffice unsaved and end it; let go of another's."""
        self.engine.apps.forget(self)
        self._dismiss_deputy()
        if self.office.is_own and self.office.desktop is not None:
            with contextlib.suppress(EngineError):
                for book in self.books:
                    book.close()
        self.office.close()

    def kill(self) -> None:
        """End an own LibreOffice without asking; let go of another's."""
        self.engine.apps.forget(self)
        self._dismiss_deputy()
        self.office.kill()


class Apps(base_classes.Apps):
    """The programs that this Python started or attached to, the newest first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._apps: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self._apps]

    def add(
        self, spec: Any = None, add_book: bool = False, xl: Any = None, visible: bool | None = None
    ) -> App:
        """Start a LibreOffice with a profile of its own; headless unless it is to be visible."""
        app = self.join(OwnOffice(visible=bool(visible)), visible=bool(visible))
        if add_book:
            app.books.add()
        return app

    def join(self, office: Office, *, visible: bool) -> App:
        """Take up a LibreOffice that runs."""
        app = App(self._engine, office, visible=visible)
        self._apps.insert(0, app)
        return app

    def put_first(self, app: App) -> None:
        """Make a program the active one."""
        self.forget(app)
        self._apps.insert(0, app)

    def forget(self, app: App) -> None:
        """Take a program off the list."""
        if app in self._apps:
            self._apps.remove(app)

    @staticmethod
    def cleanup() -> None:
        """Nothing stays behind that would need it."""

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        for app in self._apps:
            if app.pid == pid:
                return app
        raise KeyError(pid)


class Engine:
    """The engine that xlwings is given."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)
        atexit.register(self._quit_all)

    def _quit_all(self) -> None:
        for app in self.apps:
            app.quit()

    @staticmethod
    def prepare_xl_data_element(value: Any, options: dict[str, Any]) -> Any:
        """Turn a value of Python's into one that a cell holds."""
        return plain(value)

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Turn cells' values into what the options of the reader ask for."""
        return cleaned(data, datetime_builder, empty_as, number_builder, err_to_str)


ENGINE = xw.Engine(impl=Engine())
