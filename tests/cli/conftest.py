"""Fixtures of the command line: a runner in a folder of its own, and a workbook there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from scorecard_xl import cli
from tests.cli.command import Run
from tests.scorecards import KENT, copy_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command in a folder of its own, through the function that the script calls."""
    monkeypatch.chdir(tmp_path)

    def ended(*arguments: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["scorecard-xl", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit_:
            cli.main()
        printed = capsys.readouterr()
        return Run(int(exit_.value.code or 0), printed.out, printed.err)

    return ended


@pytest.fixture
def kent(tmp_path: Path) -> Path:
    return copy_of(KENT, tmp_path)
