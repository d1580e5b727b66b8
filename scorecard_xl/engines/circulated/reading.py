"""A workbook that was sent, read back whole: its cells, names, tables and properties."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.circulated.appearance import looks_of
from scorecard_xl.engines.circulated.concealment import oddities_of
from scorecard_xl.engines.file import xml
from scorecard_xl.engines.file.package import Package
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.engines.file.saving import read_file
from scorecard_xl.workbook.engine import LAST_COLUMN, Area

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scorecard_xl.engines.circulated.appearance import ShownLook
    from scorecard_xl.engines.circulated.concealment import Oddity
    from scorecard_xl.workbook.cell_content import Content

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReadCopy:
    """A workbook as read: the cells that hold something, by sheet, row and column.

    `tables` are the data rows of each by its name in small letters, `custom` the
    document's properties that are no office program's own, `looks` how its cells are
    shown, `oddities` what hides or covers them.
    """

    name: str
    cells: Mapping[str, Mapping[tuple[int, int], Content]]
    names: Mapping[str, Area | None]
    tables: Mapping[str, Area]
    custom: Mapping[str, str]
    looks: Mapping[str, Mapping[tuple[int, int], ShownLook]]
    oddities: tuple[Oddity, ...]


def read_copy(path: Path) -> ReadCopy:
    """Read a workbook file whole; nothing of it is written.

    Raises
    ------
    FileError
        The file is missing, encrypted, damaged, or no workbook.
    """
    plan = Plan(Package(read_file(path)[0], name=path.name))
    # Reading its cells brings a sheet into the form that its looks are read in.
    cells = {sheet: _cells(plan, sheet) for sheet in plan.sheets}
    return ReadCopy(
        name=path.name,
        cells=cells,
        names=plan.book.names(),
        tables={name: table.area for name, table in plan.tables.items()},
        custom=_custom(plan.package),
        looks=looks_of(plan),
        oddities=tuple(oddities_of(plan, cells)),
    )


def _cells(plan: Plan, sheet: str) -> dict[tuple[int, int], Content]:
    rows = plan.sheet(sheet).rows
    if not rows:
        return {}
    widest = max(max((column for column, *_ in row.cells()), default=0) for row in rows.values())
    if not widest:
        return {}
    area = Area(sheet, min(rows), 1, max(rows), min(widest, LAST_COLUMN))
    return {
        (row, column): content
        for row, line in enumerate(plan.read(area), area.top)
        for column, content in enumerate(line, 1)
        if content not in (None, "")
    }


def _custom(package: Package) -> dict[str, str]:
    for kind, part in package.relationships("").values():
        if kind == "custom-properties" and part in package:
            root = xml.parse(package.read(part), part)
            return {
                each.get("name", ""): "".join(str(text) for text in each.itertext())
                for each in root.iter(f"{{{_CUSTOM}}}property")
            }
    return {}
