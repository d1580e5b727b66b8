"""CSV files as people save them: UTF-8 with or without a mark, or a Windows code page."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import FileError

if TYPE_CHECKING:
    from pathlib import Path


def read_csv_text(path: Path) -> str:
    """Read a file's text.

    Raises
    ------
    FileError
        It cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        message = f"{path} was not found; check the name and the folder."
        raise FileError(message) from error
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}; close it where it is open."
        raise FileError(message) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_csv_lines(path: Path) -> list[tuple[int, list[str]]]:
    """Read a file's rows of cells, each with the line it starts on.

    Raises
    ------
    FileError
        It cannot be read, or is no CSV file.
    """
    reader = csv.reader(io.StringIO(read_csv_text(path), newline=""))
    rows = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"{path}, line {line}: it cannot be read as CSV ({error}); save it as CSV UTF-8."
        raise FileError(message) from error
    return rows
