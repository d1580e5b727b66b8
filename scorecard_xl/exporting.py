"""The scorecard as directors see it: printed to PDF, or as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.engines.file.saving import refuse_without_folder, save_new
from scorecard_xl.engines.printing import printed
from scorecard_xl.exceptions import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

# Enough for a screen; for print there is the PDF.
DOTS_PER_INCH = 110


def export(
    path: Path,
    *,
    pdf: Path | None = None,
    png: Path | None = None,
    overwrite: bool = False,
    dots_per_inch: int = DOTS_PER_INCH,
) -> list[Path]:
    """Print the Scorecard's pages into a PDF file, and draw them in a picture.

    Excel prints them, where there is one, or else LibreOffice, by the sheet's own print area
    and page breaks. The workbook itself is not touched.

    Parameters
    ----------
    path
        The workbook.
    pdf, png
        The files to write. The picture has all pages, one below the other.
    overwrite
        Whether files that are there already are replaced.
    dots_per_inch
        How fine the picture is.

    Returns
    -------
    The files written.

    Raises
    ------
    RefusedError
        A file is there already, and `overwrite` was not given; nothing was written.
    FileError
        The workbook, or the folder of a file, is missing, or a file cannot be written.
    EngineError
        Excel and LibreOffice are missing, or cannot open the workbook.
    """
    for file in (pdf, png):
        if file is None:
            continue
        refuse_without_folder(file)
        if file.exists() and not overwrite:
            message = f"{file} is there already; give another name, or --force to replace it."
            raise RefusedError(message)
    pages = printed(path, dots_per_inch=dots_per_inch, with_picture=png is not None)
    written = []
    for file, content in ((pdf, pages.pdf), (png, pages.picture)):
        if file is not None and content is not None:
            save_new(file, content, overwrite=overwrite)
            written.append(file)
    return written
