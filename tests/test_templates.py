"""The committed templates are what their sources build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.scorecards import parts_of
from workbook_templates.build.__main__ import BUILT, FOLDER, build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    build(folder)
    return folder


@pytest.mark.parametrize("name", BUILT)
def test_a_committed_template_is_what_its_sources_build(name: str, built: Path) -> None:
    assert parts_of(built / name) == parts_of(FOLDER / name)
