"""The committed templates are what their sources build."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from workbook_templates.build.__main__ import BUILT, FOLDER, build

if TYPE_CHECKING:
    from pathlib import Path


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part unpacked: how tightly zlib packs them differs between its versions."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    build(folder)
    return folder


@pytest.mark.parametrize("name", BUILT)
def test_a_committed_template_is_what_its_sources_build(name: str, built: Path) -> None:
    assert parts_of(built / name) == parts_of(FOLDER / name)
