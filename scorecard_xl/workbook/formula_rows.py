"""Rows of formulas that are written once for many rows, with what differs put in."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from scorecard_xl.workbook.cell_content import Formula, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorecard_xl.workbook.cell_content import Content


class FormulaPattern:
    """What the formulas of many rows share.

    Parameters
    ----------
    pieces
        What stands before, between and after what differs: one more than `places`.
    places
        Which of a row's texts goes between two pieces.
    """

    __slots__ = ("pieces", "places")

    def __init__(self, pieces: Sequence[str], places: Sequence[int]) -> None:
        self.pieces = tuple(pieces)
        self.places = tuple(places)

    def text(self, texts: Sequence[str]) -> str:
        """The formula of the row that has these texts."""
        together = [""] * (2 * len(self.places) + 1)
        together[::2] = self.pieces
        together[1::2] = [texts[place] for place in self.places]
        return "".join(together)

    @property
    def length(self) -> int:
        """How many characters all its formulas have."""
        return sum(map(len, self.pieces))


class RowPatterns:
    """The formulas of all rows that have one definition, by what their column shows."""

    __slots__ = ("_in_runs", "_length", "_places", "by_role")

    def __init__(self, by_role: Mapping[str, FormulaPattern]) -> None:
        self.by_role = by_role
        self._length = max((pattern.length for pattern in by_role.values()), default=0)
        self._places = max((len(pattern.places) for pattern in by_role.values()), default=0)
        self._in_runs: dict[tuple[str, ...], tuple[FormulaPattern | None, ...]] = {}

    def in_run(self, run: tuple[str, ...]) -> tuple[FormulaPattern | None, ...]:
        """The formulas of columns side by side, None for one without; the same for the same run."""
        if run not in self._in_runs:
            self._in_runs[run] = tuple(self.by_role.get(role) for role in run)
        return self._in_runs[run]

    def fitting(self, texts: Sequence[str], most: int) -> RowPatterns:
        """Those of no more than `most` characters with such texts; itself where all are."""
        if self._length + self._places * max(map(len, texts)) <= most:
            return self
        return RowPatterns(
            {
                role: pattern
                for role, pattern in self.by_role.items()
                if len(pattern.text(texts)) <= most
            }
        )


class FormulaContents(Mapping[str, "Content"]):
    """What the cells of a row hold, by what their column shows.

    Parameters
    ----------
    values
        What the cells show.
    patterns
        The formulas.
    texts
        What is put into the formulas.
    """

    __slots__ = ("_patterns", "_texts", "_values")

    def __init__(
        self, values: Mapping[str, Content], patterns: RowPatterns, texts: Sequence[str]
    ) -> None:
        self._values = values
        self._patterns = patterns
        self._texts = texts

    def __getitem__(self, role: str) -> Content:
        """What a cell holds."""
        pattern = self._patterns.by_role.get(role)
        if pattern is None:
            return self._values[role]
        return Formula(pattern.text(self._texts), value_of(self._values.get(role)))

    def get(self, role: str, default: Any = None) -> Any:
        """What a cell holds, or something else where nothing is told of it."""
        if role in self._patterns.by_role or role in self._values:
            return self[role]
        return default

    def __iter__(self) -> Iterator[str]:
        return iter({**self._values, **self._patterns.by_role})

    def __len__(self) -> int:
        return len({**self._values, **self._patterns.by_role})

    def in_run(self, run: tuple[str, ...]) -> FormulaRow:
        """What the cells of columns side by side hold."""
        try:
            values = _chosen(run)(self._values)
        except KeyError:
            values = tuple(map(self._values.get, run))
        return FormulaRow(self._patterns.in_run(run), values, self._texts)

    def formula_count(self, run: tuple[str, ...]) -> int:
        """How many of columns side by side have a formula."""
        return len(run) - self._patterns.in_run(run).count(None)


@functools.lru_cache(maxsize=64)
def _chosen(run: tuple[str, ...]) -> Callable[[Mapping[str, Content]], Sequence[Content]]:
    """What gives the values of columns side by side; KeyError where one is missing."""
    if len(run) > 1:
        return operator.itemgetter(*run)
    (role,) = run
    return lambda values: (values[role],)


class FormulaRow(Sequence["Content"]):
    """What cells side by side hold, formulas among them that other rows have, too.

    Parameters
    ----------
    patterns
        The formula of each cell, None for one without.
    values
        What each cell shows.
    texts
        What is put into the formulas.
    """

    __slots__ = ("patterns", "texts", "values")

    def __init__(
        self,
        patterns: tuple[FormulaPattern | None, ...],
        values: Sequence[Content],
        texts: Sequence[str],
    ) -> None:
        self.patterns = patterns
        self.values = values
        self.texts = texts

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[Content]:
        texts = self.texts
        for pattern, value in zip(self.patterns, self.values, strict=True):
            yield value if pattern is None else Formula(pattern.text(texts), value_of(value))

    @overload
    def __getitem__(self, place: int) -> Content: ...
    @overload
    def __getitem__(self, place: slice) -> list[Content]: ...
    def __getitem__(self, place: int | slice) -> Content | list[Content]:
        """What a cell holds, or several."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        pattern, value = self.patterns[place], self.values[place]
        return value if pattern is None else Formula(pattern.text(self.texts), value_of(value))
