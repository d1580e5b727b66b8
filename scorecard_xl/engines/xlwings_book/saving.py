"""An open book saved, in its place or as a copy."""

from __future__ import annotations

from pathlib import Path

import xlwings

from scorecard_xl.engines.copy_names import refuse_name
from scorecard_xl.engines.xlwings_book import probes
from scorecard_xl.engines.xlwings_book.busy import patient
from scorecard_xl.exceptions import EngineError, RefusedError


@patient
def name_of(book: xlwings.Book) -> str:
    """A book's file name."""
    return str(book.name)


def save(book: xlwings.Book, name: str) -> None:
    """Save a book where it was opened from, which need not be on this computer.

    Raises
    ------
    EngineError
        It has never been saved, or the program cannot save it.
    """
    if not _has_file(book):
        message = f"{name} has no file of its own yet; save it in Excel under a name."
        raise EngineError(message)
    _save(book)


def save_copy(
    book: xlwings.Book, name: str, path: Path, *, own: Path | None, overwrite: bool
) -> None:
    """Save a copy; the book stays open under its own name, and of its file `own`.

    Raises
    ------
    RefusedError
        The name is taken and `overwrite` was not given, its ending does not fit, or it is
        that of the book's own file.
    EngineError
        The program cannot save a copy.
    """
    refuse_name(path, name=name, own=own)
    if path.exists() and not overwrite:
        message = f"{path} is there already; give another name, or --force to replace it."
        raise RefusedError(message)
    if not probes.save_copy(book, path):
        message = f"{name} cannot be copied from here while it is open; use File, Save a Copy."
        raise EngineError(message)


@patient
def _has_file(book: xlwings.Book) -> bool:
    """Whether a book was ever saved; through the remote engine every book was."""
    if book.app.engine.type == "remote":
        return True
    try:
        where = str(book.fullname)
    except xlwings.XlwingsError:
        # A synchronised folder that xlwings cannot find: it has a file there.
        return True
    return where != str(book.name)


@patient
def _save(book: xlwings.Book) -> None:
    book.save()


@patient
def local_path(book: xlwings.Book) -> Path | None:
    """Where a book lies on this computer; None elsewhere, or where it was never saved."""
    try:
        path = Path(str(book.fullname))
    except xlwings.XlwingsError:
        return None
    return path if path.is_absolute() and path.exists() else None
