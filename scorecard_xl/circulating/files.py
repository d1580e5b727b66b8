"""A copy made from a workbook on disk or open in Excel, as .xlsx and as PDF."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.circulating.circulation import circulate
from scorecard_xl.engines.file.saving import refuse_without_folder, save_new
from scorecard_xl.engines.opening import open_workbook
from scorecard_xl.exceptions import EngineError, RefusedError

if TYPE_CHECKING:
    import datetime as dt

    from scorecard_xl.circulating.circulation import Circulated
    from scorecard_xl.engines.xlwings_book import XlwingsWorkbook

_SUFFIX, _PDF_SUFFIX = ".xlsx", ".pdf"


class CirculatedFile(NamedTuple):
    """The files of a copy, and the copy."""

    path: Path
    pdf: Path | None
    circulated: Circulated


def circulate_file(
    path: Path,
    *,
    output: Path | None = None,
    pdf: Path | None = None,
    reason: str = "",
    overwrite: bool = False,
    made_at: dt.datetime | None = None,
    beside: Path | None = None,
) -> CirculatedFile:
    """Make the copy of a workbook as a file; `circulate` tells what that does and what it refuses.

    Parameters
    ----------
    output
        The copy; by default it lies beside `beside`, under its name and ``_circulated``.
    pdf
        A file to print the copy to, by LibreOffice: tagged, with its title and language.
    beside
        The file that the copy is of, where that is not `path`.

    Raises
    ------
    FileError
        `path` cannot be read, or a file cannot be written; where its folder is missing,
        nothing was written.
    EngineError
        A PDF is wanted, and LibreOffice is missing.
    RefusedError
        A file is there already and `overwrite` was not given, or its name will not do.
    """
    original = beside or path
    copy = output or copy_beside(original)
    _refuse_paths(copy, pdf, original, overwrite=overwrite)
    with open_workbook(path) as workbook:
        circulated = circulate(workbook, reason=reason, made_at=made_at)
    printed = None
    if pdf is not None:
        from scorecard_xl.engines.tagged_pdf import tagged_pdf

        properties = circulated.document.properties
        printed = tagged_pdf(circulated.content, language=properties.language)
    save_new(copy, circulated.content, overwrite=overwrite)
    if pdf is not None and printed is not None:
        save_new(pdf, printed, overwrite=overwrite)
    return CirculatedFile(copy, pdf, circulated)


def copy_beside(path: Path) -> Path:
    """Where the copy of a workbook goes if nobody says otherwise."""
    return path.with_name(f"{path.stem}_circulated{_SUFFIX}")


def _refuse_paths(copy: Path, pdf: Path | None, original: Path, *, overwrite: bool) -> None:
    """Refuse names that would cost a file, before anything is worked out."""
    if copy.suffix.casefold() != _SUFFIX:
        message = f"{copy} should end in {_SUFFIX}; a circulated copy holds no macros."
        raise RefusedError(message)
    if pdf is not None and pdf.suffix.casefold() != _PDF_SUFFIX:
        message = f"{pdf} should end in {_PDF_SUFFIX}; give the file to print to another name."
        raise RefusedError(message)
    for file in (copy, pdf):
        if file is None:
            continue
        refuse_without_folder(file)
        if file.resolve() == original.resolve():
            message = f"{file} is the workbook itself; give the copy another name."
            raise RefusedError(message)
        if file.exists() and not overwrite:
            message = f"{file} is there already; give another name, or --replace to replace it."
            raise RefusedError(message)


def circulate_open_workbook(workbook: XlwingsWorkbook) -> CirculatedFile:
    """Make the copy of a workbook as it stands open in Excel, beside it; it stays as it is.

    Raises
    ------
    RefusedError
        The workbook does not lie on this computer, or its copy is there already.
    """
    if workbook.path is None:
        message = (
            f"{workbook.name} has no folder on this computer that its copy could go to; save it "
            "in one first."
        )
        raise RefusedError(message)
    taken = copy_beside(workbook.path)
    if taken.exists():
        message = f"{taken.name} is there already; move, rename or delete it, and try again."
        raise RefusedError(message)
    with tempfile.TemporaryDirectory(prefix="scorecard_xl_") as folder:
        copy = Path(folder) / workbook.path.name
        try:
            workbook.save_copy(copy)
        except EngineError:
            workbook.save()
            shutil.copyfile(workbook.path, copy)
        return circulate_file(copy, beside=workbook.path)
