"""What a scorecard that is shown by itself must tell, whether it was worked out alone or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorecard_xl.rules.commentary import Comment
    from scorecard_xl.rules.settings import Settings


class OneScorecard(Protocol):
    """The scorecard of one area and date."""

    @property
    def settings(self) -> Settings:
        """Its settings."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def period_line(self) -> str:
        """Which period, which data and which version it shows."""

    @property
    def tally_line(self) -> str:
        """Its tallies in one line."""

    @property
    def summary(self) -> str:
        """The sentence that sums it up."""

    def columns(self, names: Iterable[str]) -> list[list[Any]]:
        """Some columns of the results, each a list of plain values."""

    def sections(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The plain values of each result, by section."""

    def comments(self) -> Mapping[str, Comment]:
        """What is said of each indicator at its date, by code, where anything is."""
