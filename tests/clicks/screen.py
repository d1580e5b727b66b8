"""A screen that nobody looks at, with a keyboard and a mouse: Xvfb and xdotool."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from scorecard_xl.engines.pictures import as_png
from tests.judges.absence import JudgeAbsentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH, HEIGHT = 1400, 1000


class Screen:
    """An X server of its own; use it in a ``with`` block."""

    def __init__(self) -> None:
        for program in ("Xvfb", "xdotool"):
            if shutil.which(program) is None:
                raise JudgeAbsentError(f"{program} is not installed; apt-get install xvfb xdotool")

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="screen_"))
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-fbdir", self._folder],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.name = f":{told.readline().strip()}"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of programs that show their windows here."""
        return {**os.environ, "DISPLAY": self.name, "SAL_USE_VCLPLUGIN": "gen"}

    def click(self, x: int, y: int) -> None:
        """Move the mouse to a place and press its button."""
        self.point_at(x, y)
        self.press_mouse()

    def point_at(self, x: int, y: int) -> None:
        """Move the mouse to a place, and rest there a moment."""
        self._do("mousemove", str(x), str(y), "sleep", "0.1")

    def press_mouse(self) -> None:
        """Press the mouse's button where it is."""
        self._do("click", "1")

    def type(self, text: str) -> None:
        """Type a text on the keyboard, and Enter."""
        self._do("type", "--delay", "20", "--", text)
        self.press("Return")

    def press(self, key: str) -> None:
        """Press a key."""
        self._do("key", key)

    def _do(self, *what: str) -> None:
        subprocess.run(["xdotool", *what], env=self.environment, check=True)

    def picture(self) -> bytes:
        """What the screen shows now, as PNG."""
        content = next(self._folder.iterdir()).read_bytes()
        # The dump's head: its size, the rows and their length, the size of its table of colours.
        fields = struct.unpack(">25I", content[:100])
        height, row_length, colours = fields[5], fields[12], fields[19]
        dots = np.frombuffer(content, np.uint8, height * row_length, fields[0] + 12 * colours)
        rows: NDArray[np.uint8] = dots.reshape(height, -1, 4)[:, :WIDTH, 2::-1]
        return as_png(np.ascontiguousarray(rows))
