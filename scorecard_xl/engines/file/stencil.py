"""A workbook that is stamped many times, alike but for what its cells hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.engines.file.dependents import others_depend
from scorecard_xl.engines.file.names import WorkbookPart
from scorecard_xl.engines.file.plan import Plan
from scorecard_xl.engines.file.sheet_stencil import NotAlikeError, SheetStencil
from scorecard_xl.engines.file.stamp import (
    Edits,
    stale_chain,
    stamped_book,
    without_chain,
)
from scorecard_xl.engines.file.tables import resized
from scorecard_xl.engines.file.workbook import FileWorkbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard_xl.engines.file.edits import SheetEdits
    from scorecard_xl.engines.file.package import Package
    from scorecard_xl.engines.file.row_blocks import WrittenBlock
    from scorecard_xl.engines.file.styles import Styles
    from scorecard_xl.workbook.engine import Condition

__all__ = ["AlikeWorkbook", "NotAlikeError", "RecordedWorkbook", "Stencil"]


class Round(NamedTuple):
    """Edits that were stamped together, and what into."""

    plan: Plan
    edits: Edits


class RecordedWorkbook(FileWorkbook):
    """A workbook on disk that remembers what was stamped into it, and in which order."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.rounds: list[Round] = []

    @property
    def settled_package(self) -> Package:
        """The package with every edit in it."""
        return self._settled().package

    def _settled(self) -> Plan:
        if self._edits.is_pending:
            self.rounds.append(Round(self._plan, self._edits))
        return super()._settled()


class AlikeWorkbook(FileWorkbook):
    """Takes edits like those of a round that was stamped before."""

    def __init__(self, plan: Plan, edits: Edits) -> None:
        super().__init__(plan)
        self._edits = edits

    @property
    def edits(self) -> Edits:
        """The edits so far."""
        return self._edits

    def _settled(self) -> Plan:
        if self._edits.is_pending:
            raise NotAlikeError
        return self._plan


class _KnownEdits(Edits):
    """Edits that ask for no look which the edits before them did not ask for."""

    def new_styles(self, plan: Plan) -> Styles:
        raise NotAlikeError


class Stencil:
    """Stamps further scorecards as a recorded one was stamped."""

    def __init__(self, recorded: RecordedWorkbook) -> None:
        self._rounds = [_RoundStencil(each) for each in recorded.rounds]
        sheets = [name for each in recorded.rounds for name in each.edits.sheets]
        parts = [part for each in self._rounds for part in each.parts_written]
        if len(set(sheets)) < len(sheets) or len(set(parts)) < len(parts):
            # A round would have to read what another wrote.
            raise NotAlikeError
        self._package = recorded.rounds[0].plan.package
        self._last = Plan(recorded.settled_package)
        self._depend: dict[object, bool] = {}
        self._loading: dict[bytes, bytes] = {}

    def workbook(self, number: int) -> AlikeWorkbook:
        """A workbook that takes edits like those of the round with that number, from 0."""
        own = self._rounds[number]
        return AlikeWorkbook(own.plan, own.edits_like({}))

    def edits_like(self, number: int, sheets: Mapping[str, SheetEdits]) -> Edits:
        """Edits like those of a round, but for some sheets."""
        return self._rounds[number].edits_like(sheets)

    def recorded(self, number: int) -> Edits:
        """The edits of a round."""
        return self._rounds[number].recorded

    def sheet(self, number: int, name: str) -> SheetStencil:
        """The stencil of a sheet that a round edits."""
        return self._rounds[number].sheet(name)

    def stamped(
        self, rounds: Sequence[tuple[Edits, Mapping[str, Sequence[WrittenBlock]]]]
    ) -> bytes:
        """The file with the edits of each round in it, and with blocks of rows by their sheets.

        Raises
        ------
        NotAlikeError
            They differ from the recorded ones in more than contents.
        """
        package = self._package
        keeping: dict[str, bool] = {}
        for own, (edits, blocks) in zip(self._rounds, rounds, strict=True):
            package = own.stamped(package, edits, blocks, keeping)
        return self._calculated_on_load(package, keeping).to_bytes()

    def _calculated_on_load(self, package: Package, keeping: Mapping[str, bool]) -> Package:
        key = frozenset(keeping.items())
        if key not in self._depend:
            self._depend[key] = others_depend(self._last, keeping)
        if not self._depend[key]:
            return package
        part = self._last.workbook_part
        before = package.read(part)
        if before not in self._loading:
            book = WorkbookPart(before, part)
            book.calculate_on_load()
            self._loading[before] = book.to_bytes()
        return package.replaced({part: self._loading[before]})


class _RoundStencil:
    """Stamps the edits of one round."""

    def __init__(self, recorded: Round) -> None:
        self.plan, self.recorded = recorded
        self._styles = self.recorded.styles
        self._sheets: dict[str, SheetStencil] = {}
        self._tables: dict[tuple[str, int], bytes] = {}
        self._books: dict[object, bytes | None] = {}
        self._chain: str | None = None
        self._without_chain: dict[str, bytes] | None = None
        has_changed = self._styles is not None and self._styles.is_changed
        self._styles_part = self._styles.to_bytes() if self._styles and has_changed else None
        self._looks = {
            condition: self._styles.conditional_style(condition)
            for sheet in self.recorded.sheets.values()
            if self._styles is not None and sheet.conditions is not None
            for condition in sheet.conditions[1]
        }

    @property
    def parts_written(self) -> list[str]:
        """The parts that the recorded edits changed."""
        parts = [self.plan.sheets[name] for name in self.recorded.sheets]
        parts += [self.plan.tables[name.casefold()].part for name in self.recorded.tables]
        if self._styles is not None and self._styles_part is not None:
            parts.append(self._styles.part)
        if self.recorded.names or any(each.pages for each in self.recorded.sheets.values()):
            parts.append(self.plan.workbook_part)
        return parts

    def edits_like(self, sheets: Mapping[str, SheetEdits]) -> Edits:
        """Edits like the recorded ones, which know the looks that were asked for."""
        like = _KnownEdits(formatted=self.recorded.formatted)
        if sheets:
            like.sheets = {**self.recorded.sheets, **sheets}
            like.tables, like.names = self.recorded.tables, self.recorded.names
        return like

    def sheet(self, name: str) -> SheetStencil:
        """The stencil of a sheet."""
        stencil = self._sheets.get(name)
        if stencil is None:
            own = self.plan.sheet(name)
            stencil = self._sheets[name] = SheetStencil(own, self.plan.writer, self._style_of)
        return stencil

    def _style_of(self, condition: Condition) -> int:
        if condition not in self._looks:
            raise NotAlikeError
        return self._looks[condition]

    def stamped(
        self,
        package: Package,
        edits: Edits,
        blocks: Mapping[str, Sequence[WrittenBlock]],
        keeping: dict[str, bool],
    ) -> Package:
        """Put edits into a package, and tell of each sheet whether it keeps a formula."""
        parts: dict[str, bytes] = {}
        for name, sheet in edits.sheets.items():
            own = self.sheet(name).stamped(sheet, blocks.get(name, ()))
            parts[self.plan.sheets[name]], keeping[name] = own
        for name, rows in edits.tables.items():
            parts[self.plan.tables[name.casefold()].part] = self._table(name, rows)
        if self._styles is not None and self._styles_part is not None:
            parts[self._styles.part] = self._styles_part
        if self._without_chain is None:
            # Whether formulas come or go does not hang on what they show.
            self._chain = stale_chain(self.plan, parts, self.recorded)
            self._without_chain = without_chain(self.plan, self._chain) if self._chain else {}
        parts |= self._without_chain
        book = self._book(edits)
        if book is not None:
            parts[self.plan.workbook_part] = book
        return package.replaced(parts, dropped=[self._chain] if self._chain else [])

    def _table(self, name: str, rows: int) -> bytes:
        if (name, rows) not in self._tables:
            table = self.plan.tables[name.casefold()]
            data = self.plan.package.read(table.part)
            self._tables[name, rows] = resized(data, table.part, table, rows)
        return self._tables[name, rows]

    def _book(self, edits: Edits) -> bytes | None:
        pages = [sheet.pages for sheet in edits.sheets.values() if sheet.pages is not None]
        printed = tuple((each.area, each.old_bottom) for each in pages)
        key = (tuple(edits.names.items()), printed)
        if key not in self._books:
            self._books[key] = stamped_book(self.plan, edits)
        return self._books[key]
