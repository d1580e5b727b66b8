"""A user of each system, with folders of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard_xl.installing import Places, Platform
from tests.installing.users import user_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=list(Platform), ids=lambda platform: platform.name.lower())
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    return user_of(request.param, tmp_path)


@pytest.fixture
def windows(tmp_path: Path) -> Places:
    return user_of(Platform.WINDOWS, tmp_path)


@pytest.fixture
def mac(tmp_path: Path) -> Places:
    return user_of(Platform.MAC, tmp_path)
