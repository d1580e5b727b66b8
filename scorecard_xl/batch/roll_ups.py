"""Parents' counts added up from those of the areas under them, a few parents at a time."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from scorecard_xl.batch.entries import flaw_of_area, label_of
from scorecard_xl.batch.long_tables import Columns, long_rows
from scorecard_xl.batch.outcome import Failure
from scorecard_xl.exceptions import FileError
from scorecard_xl.rules.roll_up import members_of, named, rolled_up

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from scorecard_xl.batch.store import Store
    from scorecard_xl.workbook.cell_content import Value

AREAS = Columns(("area", "parent"))
_AREAS_AT_A_TIME = 2_000
_OWN = "As given for the whole"


class RolledUp(NamedTuple):
    """Parents that could not be added up, and sentences on sums that lack an area."""

    failures: list[Failure]
    notes: list[str]


class Areas(NamedTuple):
    """Which areas are added up into each parent, and all that are listed, in small letters."""

    members: dict[str, list[str]]
    listed: set[str]


def read_areas(path: Path) -> Areas:
    """Read which areas are added up into which parent.

    Raises
    ------
    FileError
        The table cannot be read, or an area lies under itself.
    """
    pairs = [
        (area, parent)
        for row in long_rows(path, AREAS)
        for area, parent in [map(label_of, row.cells)]
        if area
    ]
    for _, parent in pairs:
        flaw = flaw_of_area(parent)
        if flaw is not None:
            raise FileError(f"{path}: {flaw}")
    listed = {name.lower() for pair in pairs for name in pair}
    try:
        return Areas(members_of([pair for pair in pairs if pair[1]]), listed)
    except ValueError as error:
        message = f"{path}: {error} lies under itself; correct the parent of one of the areas."
        raise FileError(message) from error


def add_parents(
    store: Store, areas: Areas, *, not_added: Collection[str], fractional: Collection[str]
) -> RolledUp:
    """Add up every parent at every date at which any area under it has counts."""
    done = RolledUp([], [])
    others = [area for area in store.areas() if area.lower() not in areas.listed]
    if others:
        verb = "is" if len(others) == 1 else "are"
        done.notes.append(
            f"{named(others)} {verb} not among the areas, and in no total; correct the name, or "
            "add it to the areas, without a parent if it has none."
        )
    for as_at in store.dates():
        for group in _groups(areas.members):
            members = {parent: areas.members[parent] for parent in group}
            add_up = functools.partial(rolled_up, not_added=not_added, fractional=fractional)
            _add_group(store, as_at, members, add_up, done)
    return done


def _groups(members: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Parents together, as many as have so many areas under them."""
    group: list[str] = []
    areas = 0
    for parent, own in members.items():
        if group and areas + len(own) > _AREAS_AT_A_TIME:
            yield group
            group, areas = [], 0
        group.append(parent)
        areas += len(own)
    if group:
        yield group


def _add_group(
    store: Store,
    as_at: dt.date,
    members: Mapping[str, Sequence[str]],
    add_up: Callable[[pd.DataFrame, Mapping[str, Sequence[str]]], pd.DataFrame],
    done: RolledUp,
) -> None:
    import pandas as pd

    rows: list[tuple[str, str, Value]] = []
    absent: set[str] = set()
    for area in dict.fromkeys(area for areas in members.values() for area in areas):
        counts = store.counts(area, as_at)
        if counts is None:
            absent.add(area)
        else:
            # What is given twice fails with its area, and is no part of a sum.
            rows += [(area, code, value) for code, value in _once(counts).items()]
    if not rows:
        return
    frame = pd.DataFrame(rows, columns=["area", "code", "value"], dtype=object)
    frame["as_at"] = as_at
    sums = add_up(frame, members)
    for parent, own in sums.groupby("area", sort=False):
        _keep(store, str(parent), as_at, own, done)
        lacking = [area for area in members[str(parent)] if area in absent]
        if lacking:
            verb = "has" if len(lacking) == 1 else "have"
            done.notes.append(
                f"{parent}, {as_at:%d/%m/%Y}: {named(lacking)} {verb} no counts, so that nothing "
                "is added up; add them to the counts, or take them out of the areas."
            )


def _keep(store: Store, parent: str, as_at: dt.date, sums: object, done: RolledUp) -> None:
    counts: dict[str, Value] = {}
    sources: dict[str, str] = {}
    folded = set()
    for code, value, source in zip(sums["code"], sums["value"], sums["source"], strict=True):  # type: ignore[index]
        counts[code] = value if isinstance(value, str) else float(value)
        sources[code] = source
        folded.add(code.lower())
    both = []
    for code, value in store.counts(parent, as_at) or ():
        if code.lower() in folded:
            both.append(code)
        else:
            counts[code], sources[code] = value, _OWN
    if both:
        reason = (
            f"{named(both)} is given for the whole and for the areas under it, which are added up; "
            "take one of the two out."
        )
        done.failures.append(Failure(whose=f"{parent}, {as_at:%d/%m/%Y}", reasons=(reason,)))
        store.remove(parent, as_at)
        return
    store.add_parent(parent, as_at, counts, sources)


def _once(counts: Sequence[tuple[str, Value]]) -> dict[str, Value]:
    """The counts that are given once, by their codes."""
    times: dict[str, int] = {}
    for code, _ in counts:
        times[code.lower()] = times.get(code.lower(), 0) + 1
    return {code: value for code, value in counts if times[code.lower()] == 1}
