"""A scorecard as a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rich.table import Table
from rich.text import Text

from scorecard_xl.rules import Rag, State, Travel, as_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.rules import Scorecard

_LETTER_STYLES = {
    Rag.GREEN: "bold black on green",
    Rag.AMBER: "bold black on yellow",
    Rag.RED: "bold white on red",
}
_ARROW_STYLES = {
    Travel.IMPROVED: "bold bright_blue",
    Travel.WORSENED: "bold bright_red",
    Travel.SAME: "white",
}


def scorecard_table(scorecard: Scorecard, *, width: int) -> Table:
    """The scorecard as a coloured table, section by section, with the columns that fit."""
    shown = _COLUMNS if width >= _WIDE else tuple(each for each in _COLUMNS if each.is_vital)
    settings = scorecard.settings
    labels = {"target": settings.target_label, "outturn": settings.outturn_label}
    table = Table(title=scorecard.title, header_style="bold", title_style="bold")
    for column in shown:
        heading = f"{column.heading} {labels.get(column.role, '')}".strip()
        table.add_column(
            heading,
            justify=column.justify,
            style="dim" if column.is_dim else None,
            no_wrap=column.role != "name",
        )
    for section, rows in scorecard.sections().items():
        table.add_section()
        if section:
            table.add_row(Text(section, style="bold"))
        for row in rows:
            table.add_row(*(_cell(row, column.role) for column in shown))
    return table


class _Column(NamedTuple):
    """A column of the table: what it shows, its heading, and whether a narrow terminal has it."""

    role: str
    heading: str
    justify: Literal["left", "center", "right"] = "right"
    is_vital: bool = True
    is_dim: bool = False


_COLUMNS = (
    _Column("name", "Indicator", "left"),
    _Column("polarity", "Polarity", "center", is_vital=False),
    _Column("data_period", "Period", "center", is_vital=False),
    _Column("result", "Latest"),
    _Column("rag", "RAG", "center"),
    _Column("numerator", "Num", is_vital=False, is_dim=True),
    _Column("denominator", "Denom", is_vital=False, is_dim=True),
    _Column("target", "Target"),
    _Column("previous", "Previous", is_vital=False),
    _Column("dot_previous", "DoT", "center"),
    _Column("outturn", "Outturn", is_vital=False),
    _Column("dot_outturn", "DoT", "center", is_vital=False),
)
# From so many characters on, all columns fit beside the longest published name.
_WIDE = 150


def _cell(row: Mapping[str, Any], role: str) -> Text:
    """One cell of the table."""
    value, measure = row[role], row["measure"]
    if role == "rag":
        return _letter(value)
    if role in ("dot_previous", "dot_outturn"):
        return _arrow(value)
    if role == "result" and value is None and row["state"]:
        return Text(State(row["state"]).words, style="italic")
    if role == "previous" and row["state"] == State.NEW_YEAR:
        return Text(State.NEW_YEAR.words, style="italic")
    if role in ("result", "target", "previous", "outturn"):
        return Text(as_shown(value, measure), style="bold" if role == "result" else "")
    if role in ("numerator", "denominator"):
        # The result is the count itself, so the published scorecard leaves these blank.
        return Text("" if measure in ("count", "supplied") else as_shown(value, "count"))
    return Text(str(value or ""))


def _letter(rating: str | None) -> Text:
    return Text(f" {rating} ", style=_LETTER_STYLES[Rag(rating)]) if rating else Text("")


def _arrow(travel: str | None) -> Text:
    return Text(Travel(travel).arrow, style=_ARROW_STYLES[Travel(travel)]) if travel else Text("")
