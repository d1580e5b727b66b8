"""Whether a copy agrees with itself: what it states is worked out again, cell by cell."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from scorecard_xl.circulating.compared_pages import disagreements
from scorecard_xl.circulating.manifest import MADE_BY, hash_of_cells, stated_hashes
from scorecard_xl.circulating.printed_figures import are_counts_shown
from scorecard_xl.circulating.recomputation import recomputed
from scorecard_xl.circulating.stated import disagreement, read_stated
from scorecard_xl.engines.circulated import read_copy
from scorecard_xl.rules import Compare
from scorecard_xl.workbook.cell_content import Formula
from scorecard_xl.workbook.engine import Area, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scorecard_xl.circulating.lines import Line
    from scorecard_xl.circulating.stated import Stated
    from scorecard_xl.engines.circulated import ReadCopy
    from scorecard_xl.problems import Problem


@dataclasses.dataclass(frozen=True, kw_only=True)
class Verified:
    """What verifying a copy gave: the cells that disagree, and how much was worked out again.

    `not_checked` says what the copy states too little for.
    """

    problems: tuple[Problem, ...]
    results: int
    letters: int
    arrows: int
    not_checked: tuple[str, ...]
    manifest: Mapping[str, str]

    @property
    def agrees(self) -> bool:
        """Whether nothing disagrees."""
        return not self.problems


def verify(path: Path) -> Verified:
    """Work a circulated copy out again from what it states, and name what disagrees.

    Results come from numerators and denominators, letters from targets and bands,
    arrows from the figures compared with, tallies and summary from both; the sheets
    are compared with each other, and each with the hash that travels with the copy.
    That shows that a file agrees with itself, not who made it.

    Raises
    ------
    FileError
        The file cannot be read.
    RefusedError
        It is no circulated copy.
    """
    return verified(read_copy(path))


def verified(copy: ReadCopy) -> Verified:
    """The same for a copy that has been read."""
    stated, problems = read_stated(copy)
    problems += _formulas(copy)
    lines: Sequence[Line] = ()
    if stated is not None:
        lines = recomputed(stated.lines, stated.basis.settings, stated.layout.roles)
        problems += disagreements(copy, stated, lines)
    problems += _other_contents(copy, problems)
    problems += [disagreement(place, finding, "hidden") for place, finding in copy.oddities]
    shown = set() if stated is None else set(stated.layout.roles)
    return Verified(
        problems=tuple(problems),
        results=sum(line.result is not None for line in lines) if are_counts_shown(shown) else 0,
        letters=sum(line.rag is not None for line in lines) if "target" in shown else 0,
        arrows=sum(
            travel is not None for line in lines for travel in (line.dot_previous, line.dot_outturn)
        ),
        not_checked=_not_checked(stated),
        manifest=dict(copy.custom),
    )


def _formulas(copy: ReadCopy) -> Iterator[Problem]:
    """Cells that calculate, which no copy has."""
    for sheet, cells in copy.cells.items():
        for (row, column), content in cells.items():
            if isinstance(content, Formula):
                cell = Area.cell(sheet, row, column)
                yield disagreement(cell, f"holds the formula {content.text}, and a copy has none")


def _other_contents(copy: ReadCopy, found: Sequence[Problem]) -> list[Problem]:
    """Sheets that hold something else than when the copy was made, where no cell tells of it."""
    stated = stated_hashes(copy.custom)
    if not stated or MADE_BY not in copy.custom:
        finding = "its document properties have no hashes, so that no change of a text is seen"
        return [disagreement(copy.name, finding, "no_manifest")]
    named = {problem.place.rpartition("!")[0] for problem in found}
    problems = [
        disagreement(
            quoted(sheet), "this sheet was not there when the copy was made", "other_sheet"
        )
        for sheet in copy.cells
        if sheet not in stated
    ]
    for sheet, digest in stated.items():
        if sheet not in copy.cells:
            finding = "this sheet was there when the copy was made, and is missing"
            problems.append(disagreement(quoted(sheet), finding, "missing_sheet"))
        elif quoted(sheet) not in named and hash_of_cells(copy.cells[sheet]) != digest:
            finding = (
                "something on this sheet is not as it was when the copy was made; nothing else on "
                "it tells which cell"
            )
            problems.append(disagreement(quoted(sheet), finding, "other_contents"))
    return problems


def _not_checked(stated: Stated | None) -> tuple[str, ...]:
    """What could not be worked out again, for the Scorecard does not show what it is made of."""
    if stated is None:
        return ("nothing could be worked out again",)
    shown = set(stated.layout.roles)
    missing = []
    if "result" in shown and not are_counts_shown(shown):
        missing.append("results, for the copy shows no numerators or denominators")
        if stated.basis.settings.compare is Compare.UNROUNDED:
            missing.append(
                "letters and arrows that hang on the rounding of a result, for the copy has "
                "results only as it shows them"
            )
    if "rag" in shown and "target" not in shown:
        missing.append("letters, for the copy shows no targets")
    return tuple(missing)
