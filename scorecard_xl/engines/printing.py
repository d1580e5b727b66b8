"""A workbook's Scorecard printed by Excel or LibreOffice, and its pages drawn by poppler."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard_xl.engines.file.saving import read_file
from scorecard_xl.engines.libreoffice import libreoffice_app
from scorecard_xl.engines.pictures import as_png, read_ppm, stacked
from scorecard_xl.exceptions import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import xlwings

_TITLE = "scorecard_title"
_SECONDS = 60
_EXCEL = "excel"


class Printed(NamedTuple):
    """The pages of a Scorecard, as PDF, and as one picture (PNG) if it was wanted."""

    pdf: bytes
    picture: bytes | None


def printed(path: Path, *, with_picture: bool, dots_per_inch: int) -> Printed:
    """Print the Scorecard of a workbook, by its own print area and page breaks.

    A copy is printed, so that it does not matter who has the workbook open.

    Raises
    ------
    FileError
        The workbook is missing.
    EngineError
        Excel and LibreOffice, or poppler, are missing, or the workbook has no Scorecard.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"scorecard{path.suffix}"
        copy.write_bytes(read_file(path)[0])
        pdf = Path(folder) / "scorecard.pdf"
        _print(copy, pdf, name=path.name)
        picture = _drawn(pdf, dots_per_inch) if with_picture else None
        return Printed(pdf.read_bytes(), picture)


def print_each(paths: Iterable[Path]) -> Iterator[bytes]:
    """Print the Scorecard of each workbook to PDF, in one Excel or LibreOffice.

    Raises
    ------
    FileError
        A workbook is missing.
    EngineError
        Excel and LibreOffice are missing, or a workbook has no Scorecard.
    """
    with tempfile.TemporaryDirectory() as folder, _program() as app:
        for path in paths:
            copy = Path(folder) / f"scorecard{path.suffix}"
            copy.write_bytes(read_file(path)[0])
            pdf = Path(folder) / "scorecard.pdf"
            _print_in(app, copy, pdf, name=path.name)
            yield pdf.read_bytes()


def _print(path: Path, pdf: Path, *, name: str) -> None:
    """Print the sheet that has the title."""
    with _program() as app:
        _print_in(app, path, pdf, name=name)


def _print_in(app: Any, path: Path, pdf: Path, *, name: str) -> None:
    book = app.books.open(str(path), read_only=True)
    titles = [each for each in book.names if each.name.casefold() == _TITLE]
    if not titles:
        message = f"{name} is not a scorecard: it has no name {_TITLE}."
        raise EngineError(message)
    sheet = titles[0].refers_to_range.sheet
    if app.engine.name == _EXCEL:
        sheet.to_pdf(str(pdf))
    else:
        # By xlwings' own way the others are hidden first, and LibreOffice prints hidden ones too.
        sheet.impl.to_pdf(str(pdf))
    book.close()


@contextlib.contextmanager
def _program() -> Iterator[xlwings.App]:
    """An Excel of its own, where there is one; else a LibreOffice."""
    app = _started_excel()
    if app is None:
        with libreoffice_app() as office:
            yield office
        return
    try:
        app.display_alerts = False
        yield app
    finally:
        app.quit()


def _started_excel() -> xlwings.App | None:
    import xlwings

    from scorecard_xl.engines.xlwings_book.busy import patient

    @patient
    def start(engine: xlwings.Engine) -> xlwings.App:
        return engine.apps.add(add_book=False, visible=False)

    for engine in xlwings.engines:
        # xlwings knows of Excel on every Windows and Mac; whether there is one, only trying tells.
        if engine.name == _EXCEL:
            with contextlib.suppress(EngineError):
                return start(engine)
    return None


def _drawn(pdf: Path, dots_per_inch: int) -> bytes:
    """Draw the pages of a PDF file below one another, without the paper around them."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise EngineError(
            "A picture needs pdftoppm, and it is not installed here: on Debian, "
            "apt install poppler-utils; or use --pdf."
        )
    command = [program, "-r", str(dots_per_inch), str(pdf), str(pdf.with_suffix(""))]
    subprocess.run(command, check=True, timeout=_SECONDS)
    files = sorted(pdf.parent.glob(f"{pdf.stem}-*.ppm"), key=lambda file: (len(file.name), file))
    return as_png(
        stacked([read_ppm(file.read_bytes()) for file in files], margin=dots_per_inch // 4)
    )
