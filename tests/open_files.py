"""What a running process has open."""

from __future__ import annotations

import contextlib
from pathlib import Path


def held_by(process: int) -> dict[int, str]:
    """What a process has open: files, pipes and sockets, by number."""
    held = {}
    for link in Path(f"/proc/{process}/fd").iterdir():
        # It may close one meanwhile.
        with contextlib.suppress(FileNotFoundError):
            held[int(link.name)] = str(link.readlink())
    return held
