"""A roll in a live workbook leaves what a roll of the file leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.rolling import roll_forward
from tests.engines.compared import differences, held_by
from tests.engines.tried import ENGINES, engine_called, nothing
from tests.scorecards import KENT, change_settings, copy_of, refreshed

if TYPE_CHECKING:
    from pathlib import Path

_ROLLED = ("History!", "Settings!", "Counts!", "Scorecard!", "table ", "name ")
LIVE = [name for name in ENGINES[1:] if name != "xlwings remotely"]


@pytest.mark.parametrize("name", LIVE)
@pytest.mark.parametrize("clear_counts", [False, True], ids=["kept", "emptied"])
@pytest.mark.parametrize("fill", ["values", "formulas"])
def test_a_live_workbook_is_rolled_as_a_file_is(
    name: str, fill: str, clear_counts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, path = engine_called(name, monkeypatch), copy_of(KENT, tmp_path)
    change_settings(path, fill=fill)
    refreshed(path)
    by_file = copy_of(path, tmp_path / "file")

    def action(workbook):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        return roll_forward(workbook, clear_counts=clear_counts)

    expected = engine_called("file", monkeypatch).use(by_file, action)
    found = engine.use(path, action)
    if engine.rewrites:
        engine.use(by_file, nothing)
    assert (found.added, found.emptied, found.warnings) == (
        expected.added, expected.emptied, expected.warnings,
    )  # fmt: skip
    found_there, expected_there = (
        {
            place: each
            for place, each in held_by(one, heights=False).items()
            if place.startswith(_ROLLED)
        }
        for one in (path, by_file)
    )
    assert differences(expected_there, found_there) == {}


def test_in_excel_on_the_web_a_roll_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy_of(KENT, tmp_path)
    before = held_by(path)
    with pytest.raises(RefusedError, match="open in Excel on the web, where it cannot be rolled"):
        engine_called("xlwings remotely", monkeypatch).use(path, roll_forward)
    assert differences(before, held_by(path)) == {}
