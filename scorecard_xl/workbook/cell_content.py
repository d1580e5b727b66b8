"""What a cell can hold: values, errors, and formulas with their values."""

from __future__ import annotations

import datetime
import operator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence


class ErrorValue(NamedTuple):
    """An error that a cell shows, such as ``#DIV/0!``."""

    text: str


class NotCalculated:
    """The value of a formula that no program has calculated yet."""

    def __repr__(self) -> str:
        return "NOT_CALCULATED"


NOT_CALCULATED = NotCalculated()

Value: TypeAlias = bool | int | float | str | datetime.date | datetime.datetime | None


class FormulaPattern:
    """What the formulas of many rows share.

    Parameters
    ----------
    pieces
        What stands before, between and after what differs: one more than `places`.
    places
        Which of a row's texts goes between two pieces.
    """

    __slots__ = ("_chosen", "_length", "_pieces", "_places")

    def __init__(self, pieces: Sequence[str], places: Sequence[int]) -> None:
        self._pieces = [""] * (2 * len(places) + 1)
        self._pieces[::2] = pieces
        self._places = tuple(places)
        # A getter of one place would give a text alone; one of a slice gives a sequence.
        first = places[0] if places else 0
        alone = slice(first, first + len(places))
        self._chosen = operator.itemgetter(*(places if len(places) > 1 else [alone]))
        self._length = sum(map(len, pieces))

    def text(self, texts: Sequence[str]) -> str:
        """The formula of the row that has these texts."""
        pieces = self._pieces.copy()
        pieces[1::2] = self._chosen(texts)
        return "".join(pieces)

    def longest(self, widest: int) -> int:
        """How many characters it has at most, where no text put into it has more than `widest`."""
        return self._length + widest * len(self._places)

    def with_pieces(self, pieces: Sequence[str]) -> FormulaPattern:
        """The same with other pieces."""
        return FormulaPattern(pieces, self._places)

    @property
    def shared(self) -> Sequence[str]:
        """What all its formulas have."""
        return self._pieces[::2]


class Formula:
    """A formula as written in English (``text`` starts with ``=``), and its value.

    Parameters
    ----------
    written
        Its text, or a pattern.
    texts
        What is put into the pattern.
    """

    __slots__ = ("texts", "value", "written")

    def __init__(
        self,
        written: str | FormulaPattern,
        value: Value | ErrorValue | NotCalculated,
        texts: Sequence[str] = (),
    ) -> None:
        self.written = written
        self.value = value
        self.texts = texts

    @property
    def text(self) -> str:
        """The formula itself."""
        if not isinstance(self.written, str):
            self.written = self.written.text(self.texts)
        return self.written

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Formula):
            return NotImplemented
        return self.text == other.text and self.value == other.value

    def __hash__(self) -> int:
        return hash((self.text, self.value))

    def __repr__(self) -> str:
        return f"Formula({self.text!r}, {self.value!r})"


Content: TypeAlias = Value | Formula | ErrorValue


def value_of(content: Content) -> Value | ErrorValue | NotCalculated:
    """What a cell shows: the value itself, or that of its formula."""
    return content.value if isinstance(content, Formula) else content
