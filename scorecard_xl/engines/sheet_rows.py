"""The rows of an Excel workbook's sheets, as other systems export them, one after another."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.saving import read_file
from scorecard_xl.engines.file.xml import refuse_too_many_tags
from scorecard_xl.exceptions import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def sheets_of(path: Path) -> Iterator[Iterator[tuple[Any, ...]]]:
    """Read each sheet's rows of plain values, while they are asked for.

    Raises
    ------
    FileError
        The file cannot be read, or is no Excel workbook.
    """
    from openpyxl import load_workbook

    _refuse_bombs(path)
    with (
        _told(path),
        contextlib.closing(load_workbook(path, read_only=True, data_only=True)) as workbook,
    ):
        for sheet in workbook.worksheets:
            yield _rows(sheet, path)


def _rows(sheet: Any, path: Path) -> Iterator[tuple[Any, ...]]:
    with _told(path):
        yield from sheet.iter_rows(values_only=True)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what openpyxl says into a sentence."""
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        yield
    except FileNotFoundError as error:
        message = f"{path} was not found; check the name and the folder."
        raise FileError(message) from error
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        InvalidFileException,
        SyntaxError,  # what XML parsers raise is one
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        message = (
            f"{path} cannot be read as an Excel workbook; open it in Excel and save it as .xlsx."
        )
        raise FileError(message) from error


def _refuse_bombs(path: Path) -> None:
    """Refuse what would unpack to more than fits, which openpyxl does not look out for."""
    data, _ = read_file(path)
    if not data.startswith(b"PK"):
        return
    package = Package(data, name=str(path))
    for part in package.parts:
        if part.endswith((".xml", ".rels")):
            refuse_too_many_tags(package.read(part), part)
