"""Kent's scorecard, circulated once for all that only look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.circulating.copies import copy_in
from tests.scorecards import KENT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def kent_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kent's circulated copy; not to be changed."""
    return copy_in(KENT, tmp_path_factory.mktemp("circulated"))
