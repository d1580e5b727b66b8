"""A live workbook, refreshed, holds the same cells, formulas, formats and rules as a file."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest

from scorecard_xl import check, refresh
from tests.engines.compared import differences, held_by
from tests.engines.tried import ENGINES, engine_called, nothing
from tests.generated.cases import case_of
from tests.generated.workbooks import write_case
from tests.scorecards import (
    KENT,
    copy_of,
    indicator_rows,
    more_indicators,
    refreshed,
    replace_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIVE = ENGINES[1:]
# The text "#N/A" is read as an error on the web, and only Excel itself tells how days are counted.
SEEDS = (0, 1, 3, 6, 9, 11, 12, 17)


def in_place(_: Path) -> None:
    """Nothing is changed."""


def with_more(path: Path) -> None:
    rows = indicator_rows(path)
    replace_rows(path, "Indicators", [*rows, *more_indicators(rows, 5)])


def with_fewer(path: Path) -> None:
    rows = indicator_rows(path)
    replace_rows(path, "Indicators", rows[: (len(rows) + 1) // 2])


def turned_round(path: Path) -> None:
    replace_rows(path, "Indicators", indicator_rows(path)[::-1])


def assert_refreshed_alike(name: str, path: Path, fill: str, patch: pytest.MonkeyPatch) -> None:
    """Refresh a file and a live workbook, and compare what they hold and tell."""
    engine = engine_called(name, patch)
    by_file = copy_of(path, path.parent / "file")
    told = refreshed(by_file, fill=fill).warnings
    action = functools.partial(refresh, fill=fill)
    assert engine.use(path, action).warnings == told
    if engine.rewrites:
        engine.use(by_file, nothing)
    # LibreOffice gives every row a height, and another to those that nobody set one for.
    heights = engine.reads_layout and not engine.rewrites
    found = differences(held_by(by_file, heights=heights), held_by(path, heights=heights))
    assert found == {}


@pytest.mark.parametrize("engine", LIVE)
@pytest.mark.parametrize("fill", ["formulas", "values"])
@pytest.mark.parametrize(
    "change", [in_place, with_more, with_fewer, turned_round], ids=lambda change: change.__name__
)
def test_kent_is_refreshed_alike(
    change: Callable[[Path], Any],
    fill: str,
    engine: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = copy_of(KENT, tmp_path)
    change(path)
    assert_refreshed_alike(engine, path, fill, monkeypatch)


@pytest.mark.parametrize("engine", LIVE)
@pytest.mark.parametrize("seed", SEEDS)
def test_generated_scorecards_are_refreshed_alike(
    seed: int, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "made.xlsx"
    write_case(case_of(seed, size=8), path)
    (with_more, with_fewer, turned_round)[seed % 3](path)
    fill = "values" if seed % 2 else "formulas"
    assert_refreshed_alike(engine, path, fill, monkeypatch)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_check_finds_nothing_wrong_with_kent(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy_of(KENT, tmp_path)
    assert engine_called(engine, monkeypatch).use(path, check) == ()


def test_the_remote_script_reads_before_it_writes_and_asks_for_nothing_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy_of(KENT, tmp_path)
    # An action that the client does not know ends the test, and reading a format raises.
    engine_called("xlwings remotely", monkeypatch).use(path, refresh)
    assert differences(held_by(KENT, heights=False), held_by(path, heights=False)) == {}
