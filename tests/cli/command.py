"""Running the command line: how it ended, and what it printed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tests.scorecards import ROOT

if TYPE_CHECKING:
    from pathlib import Path


class Run(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


class Command(Protocol):
    """Runs the command line as the script does."""

    def __call__(self, *arguments: object) -> Run: ...


def as_process(folder: Path, *arguments: str, **environment: str) -> Run:
    """Run ``python -m scorecard_xl`` as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "scorecard_xl", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)
