"""A workbook's Scorecard printed by LibreOffice, and its pages drawn by poppler."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from scorecard_xl.engines.file.saving import read_file
from scorecard_xl.engines.libreoffice import libreoffice_app
from scorecard_xl.engines.pictures import as_png, read_ppm, stacked
from scorecard_xl.exceptions import EngineError

_TITLE = "scorecard_title"
_SECONDS = 60


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
        LibreOffice or poppler is missing, or the workbook has no Scorecard.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"scorecard{path.suffix}"
        copy.write_bytes(read_file(path)[0])
        pdf = Path(folder) / "scorecard.pdf"
        _print(copy, pdf, name=path.name)
        picture = _drawn(pdf, dots_per_inch) if with_picture else None
        return Printed(pdf.read_bytes(), picture)


def _print(path: Path, pdf: Path, *, name: str) -> None:
    """Print the sheet that has the title."""
    with libreoffice_app() as app:
        book = app.books.open(str(path), read_only=True)
        titles = [each for each in book.names if each.name.casefold() == _TITLE]
        if not titles:
            message = f"{name} is not a scorecard: it has no name {_TITLE}."
            raise EngineError(message)
        # By xlwings' own way the other sheets are hidden first, and LibreOffice prints them too.
        titles[0].refers_to_range.sheet.impl.to_pdf(str(pdf))


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
