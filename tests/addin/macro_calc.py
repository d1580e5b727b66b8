"""LibreOffice running the add-in's macros, with a stand-in where the xlwings add-in would be."""

from __future__ import annotations

import contextlib
import functools
import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from tests.judges.libreoffice import Calc, CalcBook
from workbook_templates.build.macros import SOURCES, vba_project

if TYPE_CHECKING:
    from collections.abc import Iterator

_STAND_IN = Path(__file__).with_name("stand_in")
_PROBE = Path(__file__).with_name("probe")
_ALWAYS_WITHOUT_WARNING = 4


class MacroCalc(Calc):
    """A LibreOffice that runs the macros of the workbooks it opens."""

    @contextlib.contextmanager
    def open(self, path: Path) -> Iterator[MacroBook]:
        """Open a workbook, last opened being active; it is closed unsaved at the end."""
        # Application.Run finds no macros in hidden workbooks.
        document = self._desktop.loadComponentFromURL(
            self._url_of_copy(path),
            "_blank",
            0,
            self._properties(MacroExecutionMode=_ALWAYS_WITHOUT_WARNING),
        )
        if document is None:
            raise ValueError(f"LibreOffice cannot open {path}")
        try:
            yield MacroBook(self, document)
        finally:
            document.close(True)


class MacroBook(CalcBook):
    """A workbook whose macros can be run."""

    def call(self, macro: str, *arguments: Any) -> Any:
        """Run a Sub or Function, named like ``"Module.Name"``, and return its answer.

        Numbers are given as text: a Python int arrives in a Long as 0.
        """
        return self.run_script(
            f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document", *arguments
        )

    def run_script(self, address: str, *arguments: Any) -> Any:
        """Run what a script's address names."""
        script = self._document.getScriptProvider().getScript(address)
        answer, _, _ = script.invoke(arguments, (), ())
        return answer

    def control(self, tag: str) -> Any:
        """An object with a tag, to be given where the ribbon would give the control clicked."""
        model = self._document.createInstance("com.sun.star.form.component.CommandButton")
        model.Tag = tag
        return model

    def button_scripts(self, sheet: str) -> list[str]:
        """Addresses of what the form buttons on a sheet run."""
        page = self._document.Sheets.getByName(sheet).DrawPage
        shapes = [page.getByIndex(i) for i in range(page.Count)]
        forms = [shape.Control.Parent for shape in shapes if hasattr(shape, "Control")]
        return [
            event.ScriptCode
            for form in forms
            for i in range(form.Count)
            for event in form.getScriptEvents(i)
        ]

    def add_sheet(self, name: str) -> None:
        """Add a sheet behind the others."""
        sheets = self._document.Sheets
        sheets.insertNewByName(name, sheets.Count)

    def remove_name(self, name: str) -> None:
        """Remove a defined name."""
        self._document.NamedRanges.removeByName(name)


class XlwingsStandIn:
    """The folder of the stand-in for xlwings.xlam: what it was asked, and how it answers."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "xlwings.xlam"
        # LibreOffice opens no add-ins; under this name it is a workbook with macros.
        self.path.write_bytes(_workbook_with(_STAND_IN))

    @property
    def asked(self) -> list[str]:
        """What RunPython was told to run, each on its workbook."""
        note = self.path.with_name("asked.txt")
        return note.read_text(encoding="utf-8").splitlines() if note.exists() else []

    def answer(self, name: str, line: str) -> None:
        """Have it answer with a line: ``error``, ``config_error``, ``on_path`` or ``synced``."""
        self.path.with_name(f"{name}.txt").write_text(f"{line}\n", encoding="utf-8")


def write_small_scorecard(path: Path) -> None:
    """Write a workbook with the add-in's macros, and some of the tests' own that ask them."""
    path.write_bytes(_workbook_with(SOURCES, _PROBE))


@functools.cache
def _workbook_with(*sources: Path) -> bytes:
    """Make a workbook of one sheet, named as a scorecard is, with the macros of some folders."""
    content = io.BytesIO()
    with TemporaryDirectory() as temporary, Workbook(content, {"in_memory": True}) as workbook:
        for source in sources:
            shutil.copytree(source, temporary, dirs_exist_ok=True)
        workbook.add_worksheet("Scorecard")
        workbook.define_name("scorecard_body", "=Scorecard!$A$7")
        project = vba_project(sheet_count=1, sources=Path(temporary))
        workbook.add_vba_project(io.BytesIO(project), is_stream=True)
    return content.getvalue()
