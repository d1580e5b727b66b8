"""What is in a folder."""

from __future__ import annotations

from pathlib import Path


def names_in(folder: str | Path) -> list[str]:
    """Names of a folder's entries, sorted."""
    return sorted(path.name for path in Path(folder).iterdir())
