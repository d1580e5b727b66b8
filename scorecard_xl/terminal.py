"""The terminal: as wide as it is, with problems a sentence a line."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard_xl.problems import Problem

# Where nobody looks, as in a file or a pipe, lines are not cut.
_WIDTH_OF_A_PIPE = 180


def use_utf_8() -> None:
    """Write arrows also where Windows hands over an old code page."""
    for stream in (sys.stdout, sys.stderr):
        encoding = getattr(stream, "encoding", None) or ""
        if encoding.casefold().replace("-", "") != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def write_no_more() -> None:
    """Let what is still to be printed go nowhere, after whoever read it has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


class _Console(Console):
    """A console that leaves a closed pipe to the command line."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """A console that is as wide as the terminal, or wide enough for a pipe."""
    stream = sys.stderr if stderr else sys.stdout
    return _Console(
        stderr=stderr, width=None if stream.isatty() else _WIDTH_OF_A_PIPE, highlight=False
    )


def print_problems(problems: Iterable[Problem], *, to: Console) -> None:
    """Print problems, a sentence a line."""
    for problem in problems:
        style = "bold red" if problem.is_error else "yellow"
        to.print(
            Text(f"{problem.severity.value}: ", style=style) + Text(str(problem)), soft_wrap=True
        )
