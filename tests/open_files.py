"""What a running process has open."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple, Self

# Tests that look for programs with a file open may connect to that of another test.
_FEW = 10


def held_by(process: int) -> dict[int, str]:
    """What a process has open: files, pipes and sockets, by number."""
    held = {}
    for link in Path(f"/proc/{process}/fd").iterdir():
        # It may close one meanwhile.
        with contextlib.suppress(FileNotFoundError):
            held[int(link.name)] = str(link.readlink())
    return held


class Opened(NamedTuple):
    """What files and pipes a process has open, and how many sockets."""

    files: list[str]
    sockets: int

    @classmethod
    def by(cls, process: int) -> Self:
        """Look at a process."""
        held = sorted(held_by(process).values())
        files = [each for each in held if not each.startswith("socket:")]
        return cls(files, len(held) - len(files))

    def is_as(self, before: Opened) -> bool:
        """Whether no more is open than was before, after many rounds of the same."""
        return self.files == before.files and self.sockets - before.sockets < _FEW
