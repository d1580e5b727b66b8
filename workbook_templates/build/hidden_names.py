"""Hide defined names, which XlsxWriter shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.engines.file.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_WORKBOOK = "xl/workbook.xml"


def hide_names(path: Path, names: Iterable[str]) -> None:
    """Have no list of names show some of a workbook's."""
    package = Package(path.read_bytes(), name=path.name)
    content = package.read(_WORKBOOK)
    for name in names:
        shown = f'<definedName name="{name}">'.encode()
        hidden = f'<definedName name="{name}" hidden="1">'.encode()
        assert content.count(shown) == 1
        content = content.replace(shown, hidden)
    path.write_bytes(package.replaced({_WORKBOOK: content}).to_bytes())
