"""Comments stay with their indicators, whatever moves, in files and in every live workbook."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest

from scorecard_xl import refresh
from tests.commented import SHOWN, comments_shown, with_commentary
from tests.engines.tried import ENGINES, engine_called
from tests.scorecards import KENT, copy_of, indicator_rows, more_indicators, replace_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Rows = list[list[Any]]
GONE = "cp_plans"


def turned_round(rows: Rows) -> Rows:
    return rows[::-1]


def with_more_before(rows: Rows) -> Rows:
    return [*more_indicators(rows, 3), *rows]


def without_one(rows: Rows) -> Rows:
    return [row for row in rows if row[0] != GONE]


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    path = copy_of(KENT, tmp_path)
    with_commentary(path)
    return path


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("change", [turned_round, with_more_before, without_one])
def test_a_comment_follows_its_indicator(
    kent: Path, name: str, change: Callable[[Rows], Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, rows = engine_called(name, monkeypatch), indicator_rows(kent)
    refreshed = functools.partial(refresh, fill="values")
    engine.use(kent, refreshed)
    assert comments_shown(kent) == SHOWN
    replace_rows(kent, "Indicators", change(rows))
    engine.use(kent, refreshed)
    left = {code: text for code, text in SHOWN.items() if change is not without_one or code != GONE}
    assert comments_shown(kent) == left
    replace_rows(kent, "Indicators", rows)
    engine.use(kent, refreshed)
    assert comments_shown(kent) == SHOWN


@pytest.mark.parametrize("name", ["file", "xlwings over LibreOffice"])
def test_comments_are_formulas_that_calculate(
    kent: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_called(name, monkeypatch)
    replace_rows(kent, "Indicators", indicator_rows(kent)[::-1])
    engine.use(kent, functools.partial(refresh, fill="formulas"))
    assert comments_shown(kent) == SHOWN
