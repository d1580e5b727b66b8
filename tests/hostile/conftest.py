"""Fixtures: the command line on a hostile file, and what it must answer."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Protocol

import pytest

from scorecard_xl import cli

if TYPE_CHECKING:
    from pathlib import Path

MOST_SECONDS = 5


class Refused(Protocol):
    """Refreshes a file of these bytes, and gives the sentence with which it is refused."""

    def __call__(self, data: bytes, *, code: int = 3) -> str: ...


@pytest.fixture
def refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Refused:
    """Refreshes a hostile file: it must be refused in time, in words, and nothing be written."""

    def sentence(data: bytes, *, code: int = 3) -> str:
        path = tmp_path / "hostile.xlsx"
        path.write_bytes(data)
        monkeypatch.setattr(sys, "argv", ["scorecard-xl", "refresh", str(path)])
        started = time.process_time()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        seconds = time.process_time() - started
        told = capsys.readouterr()
        assert (ended.value.code, told.out) == (code, "")
        assert path.read_bytes() == data
        assert [each.name for each in tmp_path.iterdir()] == [path.name]
        assert seconds < MOST_SECONDS
        return told.err.strip()

    return sentence
