"""A scorecard and its problems as a terminal shows them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scorecard_xl.rules import Rag, State, Travel, as_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from scorecard_xl.problems import Problem
    from scorecard_xl.rules import Scorecard

_LETTER_STYLES = {
    Rag.GREEN: "bold #1a1a1a on #57b894",
    Rag.AMBER: "bold #1a1a1a on #ffc83d",
    Rag.RED: "bold white on #a61c1c",
}
_ARROW_STYLES = {
    Travel.IMPROVED: "bold #4a9be0",
    Travel.WORSENED: "bold #e05050",
    Travel.SAME: "grey62",
}
# Where nobody looks, as in a file or a pipe, lines are not cut.
_WIDTH_OF_A_PIPE = 180


def use_utf_8() -> None:
    """Write arrows also where Windows hands over an old code page."""
    for stream in (sys.stdout, sys.stderr):
        encoding = getattr(stream, "encoding", None) or ""
        if encoding.casefold().replace("-", "") != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def console(*, stderr: bool = False) -> Console:
    """A console that is as wide as the terminal, or wide enough for a pipe."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(
        stderr=stderr, width=None if stream.isatty() else _WIDTH_OF_A_PIPE, highlight=False
    )


def scorecard_table(scorecard: Scorecard) -> Table:
    """The scorecard as a coloured table, section by section."""
    settings = scorecard.settings
    table = Table(
        title=scorecard.title, caption=scorecard.tally_line, header_style="bold", title_style="bold"
    )
    table.add_column("Indicator", max_width=60)
    for heading in ("Polarity", "Period"):
        table.add_column(heading, justify="center")
    table.add_column("Latest", justify="right")
    table.add_column("RAG", justify="center")
    table.add_column("Num", justify="right", style="dim")
    table.add_column("Denom", justify="right", style="dim")
    table.add_column(f"Target {settings.target_label}".strip(), justify="right")
    for heading in ("Previous", f"Outturn {settings.outturn_label}".strip()):
        table.add_column(heading, justify="right")
        table.add_column("DoT", justify="center")
    section = None
    for row in scorecard.to_record()["results"]:
        if row["section"] != section:
            section = row["section"]
            table.add_section()
            table.add_row(Text(str(section or ""), style="bold"))
        table.add_row(*_cells(row))
    return table


def _cells(row: Mapping[str, Any]) -> list[Text]:
    measure = row["measure"]
    result = as_shown(row["result"], measure)
    if not result and row["state"]:
        result = State(row["state"]).words
    is_count = measure in ("count", "supplied")
    counts = (
        ["", ""]
        if is_count
        else [as_shown(row[key], "count") for key in ("numerator", "denominator")]
    )
    return [
        Text(str(row["name"])),
        Text(str(row["polarity"] or "")),
        Text(str(row["data_period"] or "")),
        Text(result, style="italic" if row["result"] is None else "bold"),
        _letter(row["rag"]),
        *(Text(count) for count in counts),
        Text(as_shown(row["target"], measure)),
        Text(as_shown(row["previous"], measure)),
        _arrow(row["dot_previous"]),
        Text(as_shown(row["outturn"], measure)),
        _arrow(row["dot_outturn"]),
    ]


def _letter(rating: str | None) -> Text:
    return Text(f" {rating} ", style=_LETTER_STYLES[Rag(rating)]) if rating else Text("")


def _arrow(travel: str | None) -> Text:
    return Text(Travel(travel).arrow, style=_ARROW_STYLES[Travel(travel)]) if travel else Text("")


def print_problems(problems: Iterable[Problem], *, to: Console) -> None:
    """Print problems, a sentence a line."""
    for problem in problems:
        style = "bold red" if problem.is_error else "yellow"
        to.print(
            Text(f"{problem.severity.value}: ", style=style) + Text(str(problem)), soft_wrap=True
        )
