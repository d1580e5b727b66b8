"""A desk for the tests that press buttons; absent, they are skipped, or fail where CI=true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.clicks.desk import Desk
from tests.clicks.screen import Screen
from tests.judges.absence import JudgeAbsentError, need_libreoffice, skip_or_fail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """One screen for all tests."""
    need_libreoffice()
    try:
        screen = Screen()
    except JudgeAbsentError as error:
        skip_or_fail(error)
    with screen:
        yield screen


@pytest.fixture(scope="session")
def desk(screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One LibreOffice with windows for all tests."""
    with Desk(tmp_path_factory.mktemp("desk"), screen) as desk:
        yield desk
        pipes = desk.pipes()
    assert [pipe for pipe in pipes if pipe.exists()] == []


@pytest.fixture
def folder(desk: Desk, request: pytest.FixtureRequest) -> Path:
    """A folder that the desk trusts, for one test's workbooks."""
    path = desk.trusted / request.node.name.replace("[", "_").replace("]", "")[:60]
    path.mkdir()
    return path
