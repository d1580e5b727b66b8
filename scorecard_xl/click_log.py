"""The log of clicks, in the user's own folder for logs: what was asked for, and what went wrong."""

from __future__ import annotations

import contextlib
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_BYTES = 200_000
_LINE = "%(asctime)s %(levelname)s %(message)s"


def log_file() -> Path:
    """Where the log lies; it holds file names, tallies and error messages, and no counts."""
    return Path(platformdirs.user_log_dir("scorecard_xl", appauthor=False)) / "clicks.log"


@contextlib.contextmanager
def logging_to_file() -> Iterator[None]:
    """Write what the library logs to the file; where that cannot be written, it is not."""
    logger = logging.getLogger("scorecard_xl")
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        yield
        return
    handler.setFormatter(logging.Formatter(_LINE))
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
        handler.close()
