"""What is entered for an area, put where it was entered for another: figures in rows alike."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.engines.file.edits import RowEdits
from scorecard_xl.engines.file.stencil import NotAlikeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.batch.entering import Entering
    from scorecard_xl.batch.facts import AreaFacts
    from scorecard_xl.engines.file.edits import SheetEdits
    from scorecard_xl.engines.file.row_blocks import Block, WrittenBlock
    from scorecard_xl.engines.file.stamp import Edits
    from scorecard_xl.engines.file.stencil import Stencil
    from scorecard_xl.workbook.cell_content import Content

# The rounds in which a workbook is stamped: what is entered, and what a refresh fills in.
ENTERED, FILLED = 0, 1


class EnteredBlocks:
    """What is entered, as it was for the recorded area but for its figures."""

    def __init__(self, stencil: Stencil, entering: Entering, facts: AreaFacts) -> None:
        self._stencil, self._entering = stencil, entering
        self._blocks: list[tuple[str, Block, SheetEdits]] = []
        for sheet, cells in entering.varying_cells(facts):
            if sheet in [name for name, _, _ in self._blocks]:
                raise NotAlikeError
            top, bottom = min(cells)[0], max(cells)[0]
            edits = stencil.recorded(ENTERED).sheets[sheet]
            block = stencil.sheet(ENTERED, sheet).block(edits, top, bottom, cells)
            self._blocks.append((sheet, block, without_rows(edits, top, bottom)))

    def of(self, facts: AreaFacts) -> tuple[Edits, dict[str, list[WrittenBlock]]]:
        """The edits and the blocks that enter an area's facts."""
        values = self._entering.varying_values(facts)
        blocks = {
            name: [block.written(own)]
            for (name, block, _), own in zip(self._blocks, values, strict=True)
        }
        sheets = {name: rest for name, _, rest in self._blocks}
        return self._stencil.edits_like(ENTERED, sheets), blocks


def with_contents(edits: RowEdits, contents: Mapping[int, Content]) -> RowEdits:
    """A row's edits with other contents."""
    return RowEdits({**edits.contents, **contents}, edits.styles, edits.height)


def without_rows(edits: SheetEdits, top: int, bottom: int) -> SheetEdits:
    """A sheet's edits but for some rows."""
    rows = {number: row for number, row in edits.rows.items() if not top <= number <= bottom}
    return dataclasses.replace(edits, rows=rows)
