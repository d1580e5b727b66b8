"""LibreOffice Calc, headless, as a judge: what a person would see and what it calculates."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.judges.absence import JudgeAbsentError

if TYPE_CHECKING:
    from collections.abc import Iterator

UNO_FOLDER = "/usr/lib/python3/dist-packages"
START_SECONDS = 60
_TEMPLATES = Path(__file__).parents[2] / "workbook_templates"


class Calc:
    """One soffice process with a profile of its own; use it in a ``with`` block."""

    def __init__(self) -> None:
        self._uno, self._program = _uno_module(), _soffice_program()
        self._profile = Path(tempfile.mkdtemp(prefix="calc_profile_"))
        self._pipe = f"calc{uuid.uuid4().hex}"
        self._process = self._started()

    def __enter__(self) -> Self:
        try:
            self._desktop = self._connected()
        except BaseException:
            self._cleared_away()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and remove its profile."""
        # LibreOffice cuts the connection while it answers; that is its way of obeying.
        with contextlib.suppress(self._uno.getClass("com.sun.star.lang.DisposedException")):
            self._desktop.terminate()
        self._cleared_away()

    @property
    def process_id(self) -> int:
        """Id of the process, which leads a process group of its own."""
        return self._process.pid

    @property
    def profile(self) -> Path:
        """Folder that holds this LibreOffice's settings."""
        return self._profile

    @contextlib.contextmanager
    def open(self, path: Path) -> Iterator[CalcBook]:
        """Open a workbook; it is closed, unsaved, at the end of the ``with`` block."""
        document = self._desktop.loadComponentFromURL(
            self._url_of_copy(path), "_blank", 0, self._properties(Hidden=True)
        )
        if document is None:
            raise ValueError(f"LibreOffice cannot open {path}")
        try:
            yield CalcBook(self, document)
        finally:
            document.close(True)

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                self._program,
                f"-env:UserInstallation={self._url(self._profile)}",
                *("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"),
                f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _connected(self) -> Any:
        resolver = self._uno.getComponentContext().ServiceManager.createInstance(
            "com.sun.star.bridge.UnoUrlResolver"
        )
        not_yet = self._uno.getClass("com.sun.star.connection.NoConnectException")
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            try:
                context = resolver.resolve(
                    f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext"
                )
            except not_yet:
                time.sleep(0.05)
                continue
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
        raise TimeoutError(f"LibreOffice did not answer within {START_SECONDS} seconds")

    def _cleared_away(self) -> None:
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _url_of_copy(self, path: Path) -> str:
        # The lock file beside an open template would stop the tests that read it meanwhile.
        if _TEMPLATES in path.resolve().parents:
            raise ValueError(f"{path} belongs to every test; open a copy")
        return self._url(path)

    def _url(self, path: Path) -> str:
        return str(self._uno.systemPathToFileUrl(str(path.resolve())))

    def _properties(self, **values: object) -> tuple[Any, ...]:
        properties = []
        for name, value in values.items():
            one = self._uno.createUnoStruct("com.sun.star.beans.PropertyValue")
            one.Name, one.Value = name, value
            properties.append(one)
        return tuple(properties)


class CalcBook:
    """A workbook open in LibreOffice. Ranges are written as in Excel, for example ``"A1:L8"``."""

    def __init__(self, calc: Calc, document: Any) -> None:
        self._calc = calc
        self._document = document

    @property
    def sheet_names(self) -> list[str]:
        """Names of the sheets, hidden ones too, in their order."""
        return list(self._document.Sheets.ElementNames)

    def shown(self, sheet: str, cells: str) -> list[list[str]]:
        """Texts as a person sees them in the cells, row by row."""
        found = self.range(sheet, cells)
        return [
            [found.getCellByPosition(column, row).String for column in range(found.Columns.Count)]
            for row in range(found.Rows.Count)
        ]

    def values(self, sheet: str, cells: str) -> list[list[Any]]:
        """Values row by row: floats and texts; a blank is ``""``, an error None."""
        return [list(row) for row in self.range(sheet, cells).getDataArray()]

    def formulas(self, sheet: str, cells: str) -> list[list[str]]:
        """Formulas row by row; a constant is its text."""
        return [list(row) for row in self.range(sheet, cells).getFormulaArray()]

    def range(self, sheet: str, cells: str) -> Any:
        """UNO range object, for what has no method here, such as ``CellBackColor``."""
        return self._document.Sheets.getByName(sheet).getCellRangeByName(cells)

    def recalculate(self) -> None:
        """Calculate every formula anew, whatever was cached."""
        self._document.calculateAll()

    def set_cell(self, sheet: str, cell: str, value: float | str) -> None:
        """Type a number, a text, or a formula that starts with ``=``."""
        target = self.range(sheet, cell)
        if not isinstance(value, str):
            target.Value = value
        elif value.startswith("="):
            target.Formula = value
        else:
            target.String = value

    def sort(self, sheet: str, cells: str, *, column: int = 0, ascending: bool = True) -> None:
        """Sort the rows of `cells`, which hold no headings, by their `column` from 0."""
        uno = self._calc._uno
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = column, ascending
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        order = self._calc._properties(SortFields=fields, ContainsHeader=False)
        uno.invoke(self.range(sheet, cells), "sort", (order,))

    def save_xlsx(self, path: Path) -> None:
        """Save a copy as Excel workbook."""
        self._store(path, "Calc MS Excel 2007 XML")

    def export_pdf(self, path: Path) -> None:
        """Print the whole workbook into a PDF file."""
        self._store(path, "calc_pdf_Export")

    def _store(self, path: Path, filter_name: str) -> None:
        properties = self._calc._properties(FilterName=filter_name)
        self._document.storeToURL(self._calc._url(path), properties)


def _uno_module() -> Any:
    if UNO_FOLDER not in sys.path:
        sys.path.append(UNO_FOLDER)
    try:
        import uno
    except ImportError as error:
        raise JudgeAbsentError(
            "LibreOffice's Python bridge is not installed for this Python; "
            "apt-get install python3-uno serves Debian's own version"
        ) from error
    return uno


def _soffice_program() -> str:
    found = shutil.which("soffice")
    if found is None:
        raise JudgeAbsentError("LibreOffice is not installed; apt-get install libreoffice-calc")
    return found
