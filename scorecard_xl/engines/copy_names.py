"""What a copy of a workbook may be called: not as the workbook itself, and with its ending."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from scorecard_xl.exceptions import RefusedError

if TYPE_CHECKING:
    from pathlib import Path


def refuse_name(path: Path, *, name: str, own: Path | None) -> None:
    """Refuse a name for a copy of the workbook `name`, whose file is `own`.

    Raises
    ------
    RefusedError
        It leads to that file, which a copy leaves as it is, or its ending does not fit.
    """
    _, dot, ending = name.casefold().rpartition(".")
    if dot and path.suffix.casefold() != f".{ending}":
        message = f"{path} should end in .{ending}, as the workbook it is made from does."
        raise RefusedError(message)
    if own is not None and _is_same(path, own):
        message = f"{path} is the workbook that this would be made from; give another name."
        raise RefusedError(message)


def _is_same(path: Path, own: Path) -> bool:
    # Path.resolve() raises RuntimeError for links in a circle.
    one, other = (os.path.normcase(os.path.realpath(each)) for each in (path, own))
    return one == other
