"""An area's figures and texts put where those of another area went."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from scorecard_xl.batch.entered_blocks import FILLED, EnteredBlocks, with_contents, without_rows
from scorecard_xl.engines.file.edits import SheetEdits
from scorecard_xl.engines.file.stencil import NotAlikeError, Stencil
from scorecard_xl.workbook.body import TEXT_KINDS, body_rows, heights
from scorecard_xl.workbook.cell_content import Formula, value_of
from scorecard_xl.workbook.changed_rows import changed_stretch
from scorecard_xl.workbook.checks import write_checks
from scorecard_xl.workbook.contents import Contents
from scorecard_xl.workbook.fill import TITLE_CELLS, footer_text, texts_of
from scorecard_xl.workbook.last_refreshed import NAME, remembered_of
from scorecard_xl.workbook.row_heights import widths_of
from scorecard_xl.workbook.why import why_rows, write_why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.batch.entering import Entering
    from scorecard_xl.batch.facts import AreaFacts
    from scorecard_xl.engines.file.row_blocks import Block, WrittenBlock
    from scorecard_xl.engines.file.stencil import AlikeWorkbook, RecordedWorkbook
    from scorecard_xl.problems import Problem
    from scorecard_xl.rules.explanation import ExplanationLine
    from scorecard_xl.rules.side_by_side import ScorecardOfMany
    from scorecard_xl.workbook.body import BodyRow
    from scorecard_xl.workbook.cell_content import Content
    from scorecard_xl.workbook.engine import Area
    from scorecard_xl.workbook.last_refreshed import Memory
    from scorecard_xl.workbook.refresh import Filling

_ROUNDS = 2
# What is remembered of an indicator begins with its date and its code.
_NOT_FIGURES = 2
# What differs from area to area in an indicator's row.
_FIGURES = (
    "result", "rag", "numerator", "denominator", "target", "previous", "dot_previous", "outturn",
    "dot_outturn", "state",
)  # fmt: skip


class AreaStamp:
    """Stamps areas' scorecards as the recorded one was.

    Raises
    ------
    NotAlikeError
        The template's sheets do not allow it.
    """

    def __init__(
        self,
        recorded: RecordedWorkbook,
        filling: Filling,
        entering: Entering,
        facts: AreaFacts,
        *,
        notes: str,
    ) -> None:
        if len(recorded.rounds) != _ROUNDS:
            raise NotAlikeError
        self._filling, self._notes = filling, notes
        self._stencil = Stencil(recorded)
        self._widths = widths_of(recorded, filling.template)
        self._refuse_shared_sheets()
        self._formulas = [_formulas_of(row) for row in filling.contents.rows]
        self._text_formulas = {
            name: content.text
            for name, content in filling.contents.texts.items()
            if isinstance(content, Formula)
        }
        self._variants: dict[object, SheetEdits] = {}
        self._memories: dict[int, Block] = {}
        self._entered = EnteredBlocks(self._stencil, entering, facts)
        self._body = self._body_block()
        self._why = self._why_block()

    def _refuse_shared_sheets(self) -> None:
        """Refuse lists that share a sheet, and rows, with what is stamped in other ways."""
        cells = self._filling.template.cells
        lists = {name: cells[name].sheet for name in ("checks_body", "why_body") if name in cells}
        remembered = cells.get("checks_last")
        sheets = [self._filling.template.sheet, *lists.values()]
        if len(set(sheets)) < len(sheets):
            raise NotAlikeError
        if remembered is not None and remembered.sheet != lists.get("checks_body"):
            raise NotAlikeError

    def _body_block(self) -> Block:
        """The rows from the first of the body to the last indicator's."""
        filling = self._filling
        rows, top = filling.contents.rows, filling.template.body_top
        indicators = [i for i, row in enumerate(rows) if row.kind.is_indicator]
        if not indicators:
            raise NotAlikeError
        self._body_rows = indicators
        self._roles = [role for role in _FIGURES if role in filling.template.columns]
        varying = [
            (top + i, filling.template.columns[role]) for role in self._roles for i in indicators
        ]
        sheet = filling.template.sheet
        edits = self._stencil.recorded(FILLED).sheets[sheet]
        stencil = self._stencil.sheet(FILLED, sheet)
        return stencil.block(edits, top, top + indicators[-1], varying)

    def _why_block(self) -> tuple[Block, SheetEdits] | None:
        """The list on Why, and what else is written there."""
        filling = self._filling
        first = filling.template.cells.get("why_body")
        if first is None or filling.explained is None or not filling.lines:
            return None
        edits = self._stencil.recorded(FILLED).sheets.get(first.sheet)
        height = len(filling.lines)
        if edits is None or height > filling.explained.room:
            raise NotAlikeError
        width = len(filling.lines[0])
        varying = [(first.top + i, first.left + j) for i in range(height) for j in range(width)]
        stencil = self._stencil.sheet(FILLED, first.sheet)
        block = stencil.block(edits, first.top, first.top + height - 1, varying)
        return block, without_rows(edits, block.top, block.bottom)

    def stamped(
        self,
        facts: AreaFacts,
        scorecard: ScorecardOfMany,
        problems: Sequence[Problem],
        lines: Sequence[ExplanationLine],
    ) -> bytes:
        """The workbook of an area.

        Raises
        ------
        NotAlikeError
            It differs from the recorded one in more than figures and texts.
        """
        texts = texts_of(scorecard, self._notes)
        has_footnote = self._filling.template.has_footnote
        rows = body_rows(scorecard, texts, with_footnote=has_footnote)
        sheets, names, blocks = self._lists(scorecard, problems)
        template = self._filling.template
        sheets[template.sheet] = self._scorecard(scorecard, texts, rows)
        shown = [rows[i].contents for i in self._body_rows]
        figures: list[Any] = [row.get(role) for role in self._roles for row in shown]
        blocks[template.sheet] = [self._body.written(figures)]
        if self._why is not None:
            sheet = template.cells["why_body"].sheet
            sheets[sheet], blocks[sheet] = self._explained(lines, *self._why)
        filled = self._stencil.edits_like(FILLED, sheets)
        filled.names = names
        return self._stencil.stamped([self._entered.of(facts), (filled, blocks)])

    def _explained(
        self, lines: Sequence[ExplanationLine], block: Block, rest: SheetEdits
    ) -> tuple[SheetEdits, list[WrittenBlock]]:
        """The list on Why: a block, where a refresh would write all of its rows."""
        first, explained = self._filling.template.cells["why_body"], self._filling.explained
        assert explained is not None
        listed = why_rows(lines, room=explained.room)
        changed = changed_stretch(listed, explained.rows)
        if not changed:
            # Where nothing differs nothing would be written.
            raise NotAlikeError
        if len(changed) == len(listed):
            texts: list[Any] = [text for line in listed for text in line]
            return rest, [block.written(texts)]
        workbook = self._stencil.workbook(FILLED)
        write_why(workbook, first, lines, explained)
        return workbook.edits.sheets[first.sheet], []

    def _lists(
        self, scorecard: ScorecardOfMany, problems: Sequence[Problem]
    ) -> tuple[dict[str, SheetEdits], dict[str, Area | str], dict[str, list[WrittenBlock]]]:
        """The sheets that hold the list of problems and what is remembered; the names; blocks."""
        filling = self._filling
        workbook = self._stencil.workbook(FILLED)
        first = filling.template.cells.get("checks_body")
        if first:
            write_checks(workbook, first, problems, taken=filling.taken, room=filling.room)
        memory = dataclasses.replace(filling.memory, now=remembered_of(scorecard))
        names: dict[str, Area | str] = {**filling.contents.names}
        blocks = self._remembered(workbook, memory)
        if blocks:
            assert memory.room is not None
            names[NAME] = memory.room
        else:
            names |= memory.write(workbook)
        return dict(workbook.edits.sheets), names, blocks

    def _remembered(self, workbook: AlikeWorkbook, memory: Memory) -> dict[str, list[WrittenBlock]]:
        """Remember what is shown: rows beside the list are edited, those below it are a block.

        Nothing is done where that would not be what a refresh writes.
        """
        room, rows = memory.room, memory.rows()
        whose = [row[:_NOT_FIGURES] for row in rows]
        is_alike = whose == [row[:_NOT_FIGURES] for row in self._filling.memory.rows()]
        if room is None or memory.block != room or room.height != len(rows) or not is_alike:
            return {}
        if len(changed_stretch(rows, memory.standing)) < len(rows):
            return {}
        listed = workbook.edits.sheets.get(room.sheet)
        # One row at least is edited: they tell how far the sheet is used.
        start = max(room.top, *(listed.rows if listed else ())) + 1
        if start > room.bottom:
            return {}
        workbook.write_block(room.sheet, room.top, room.left, rows[: start - room.top])
        below = rows[start - room.top :]
        if start not in self._memories:
            own = self._stencil.workbook(FILLED)
            own.write_block(room.sheet, start, room.left, below)
            varying = [
                (row, column)
                for row in range(start, room.bottom + 1)
                for column in range(room.left + _NOT_FIGURES, room.left + len(rows[0]))
            ]
            stencil = self._stencil.sheet(FILLED, room.sheet)
            edits = own.edits.sheets[room.sheet]
            self._memories[start] = stencil.block(edits, start, room.bottom, varying)
        values: list[Any] = [value for row in below for value in row[_NOT_FIGURES:]]
        return {room.sheet: [self._memories[start].written(values)]}

    def _scorecard(
        self, scorecard: ScorecardOfMany, texts: Mapping[str, Content], rows: Sequence[BodyRow]
    ) -> SheetEdits:
        """The Scorecard's sheet but for its indicators' rows."""
        template = self._filling.template
        closing = rows[self._body_rows[-1] + 1 :]
        key = tuple(heights(closing, **self._widths))
        edits = self._variants.get(key)
        if edits is None:
            edits = self._variants[key] = self._new_variant(scorecard, texts, rows)
        changed: dict[int, dict[int, Content]] = {}
        for name in TITLE_CELLS:
            if name in template.cells:
                cell = template.cells[name]
                changed.setdefault(cell.top, {})[cell.left] = self._text(name, texts[name])
        for number, row in enumerate(rows[self._body_rows[-1] + 1 :], self._body_rows[-1] + 1):
            left = template.columns.get("indicator")
            if left is None:
                if row.kind not in TEXT_KINDS:
                    continue
                left = template.cells[row.kind.value].left
            formula = self._formulas[number].get("indicator")
            content = row.contents["indicator"]
            content = content if formula is None else Formula(formula, value_of(content))
            changed.setdefault(template.body_top + number, {})[left] = content
        pages = edits.pages
        assert pages is not None
        return SheetEdits(
            rows={
                **edits.rows,
                **{n: with_contents(edits.rows[n], own) for n, own in changed.items()},
            },
            merges=edits.merges,
            conditions=edits.conditions,
            pages=pages._replace(footer_left=footer_text(scorecard.settings)),
            grown=edits.grown,
        )

    def _text(self, name: str, value: Content) -> Content:
        formula = self._text_formulas.get(name)
        return value if formula is None else Formula(formula, value_of(value))

    def _new_variant(
        self, scorecard: ScorecardOfMany, texts: Mapping[str, Content], rows: Sequence[BodyRow]
    ) -> SheetEdits:
        """Fill the Scorecard as a refresh does, for texts that take other heights."""
        filled = [
            row._replace(contents={**row.contents, **_shown(row, formulas)})
            for row, formulas in zip(rows, self._formulas, strict=True)
        ]
        shown = {name: self._text(name, value) for name, value in texts.items()}
        names = self._filling.contents.names
        workbook = self._stencil.workbook(FILLED)
        filling = dataclasses.replace(
            self._filling,
            settings=scorecard.settings,
            contents=Contents(filled, shown, names),
        )
        filling.write(workbook)
        edits = workbook.edits.sheets[self._filling.template.sheet]
        return without_rows(edits, self._body.top, self._body.bottom)


def _shown(row: BodyRow, formulas: Mapping[str, str]) -> dict[str, Content]:
    return {
        role: Formula(text, value_of(row.contents.get(role))) for role, text in formulas.items()
    }


def _formulas_of(row: BodyRow) -> dict[str, str]:
    """The formulas of a row, by what their column shows."""
    return {
        role: content.text for role, content in row.contents.items() if isinstance(content, Formula)
    }
