"""What a frame holds, recognised without loading pandas.

Loading pandas takes as long as a refresh of a whole workbook, and only frames
need it: while it is not loaded, nothing can be a part of one.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    import pandas as pd
    from pandas.api.extensions import ExtensionArray


def is_pandas_loaded() -> bool:
    """Whether pandas is there already."""
    return "pandas" in sys.modules


def is_series(column: object) -> TypeGuard[pd.Series[Any]]:
    """Whether it is a column of a frame."""
    return isinstance(column, _of_pandas("Series"))


def is_categorical(entries: object) -> TypeGuard[pd.Categorical[Any]]:
    """Whether it is a column's text or choices as pandas keeps them."""
    return isinstance(entries, _of_pandas("Categorical"))


def is_extension_array(entries: object) -> TypeGuard[ExtensionArray]:
    """Whether it is a column's entries in a form of pandas' own."""
    return isinstance(entries, _of_pandas("api", "extensions", "ExtensionArray"))


def is_missing_mark(entry: object) -> bool:
    """Whether it is one of pandas' own marks for what is missing."""
    if not is_pandas_loaded():
        return False
    return entry is _of_pandas("NaT") or entry is _of_pandas("NA")


def _of_pandas(*names: str) -> Any:
    """Something of pandas by name; what nothing is an instance of where it is not there."""
    found: Any = sys.modules.get("pandas")
    for name in names:
        found = getattr(found, name, ())
    return () if found is None else found
