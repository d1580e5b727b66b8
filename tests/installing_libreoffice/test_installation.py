"""The extension is put into a LibreOffice profile, started nowhere else, and taken out again."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest

from scorecard_xl.addin import ACTIONS
from scorecard_xl.exceptions import FileError
from scorecard_xl.installing_libreoffice import (
    install_libreoffice,
    libreoffice_findings,
    remove_libreoffice,
)
from scorecard_xl.installing_libreoffice.extension import BUTTONS, extension
from tests.judges.absence import need_libreoffice

PYTHON = Path(sys.executable)
SECURITY = re.compile(r'prop oor:name="(MacroSecurityLevel|SecureURL)"')


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    need_libreoffice()
    return tmp_path / "profile"


def settings(profile: Path) -> str:
    return (profile / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")


def told_of(profile: Path) -> str:
    return "; ".join(map(str, libreoffice_findings(interpreter=PYTHON, profile=profile)))


def test_what_is_installed_is_told_and_removed(profile: Path, tmp_path: Path) -> None:
    trusted = tmp_path / "my scorecards"
    trusted.mkdir()
    install_libreoffice(interpreter=PYTHON, trust=(trusted,), profile=profile)
    assert "The extension Scorecard: is installed." in told_of(profile)
    assert f"Folders trusted for the buttons: {trusted}." in told_of(profile)
    assert SECURITY.findall(settings(profile)) == ["SecureURL"]
    assert trusted.as_uri() in settings(profile)

    told = remove_libreoffice(profile=profile)
    assert told == [
        f"LibreOffice no longer trusts {trusted}.",
        "The extension Scorecard is removed from LibreOffice.",
    ]
    assert trusted.as_uri() not in settings(profile)
    assert "The extension Scorecard: is not installed" in told_of(profile)


def test_installing_twice_leaves_one_and_removing_twice_is_told(profile: Path) -> None:
    for _ in range(2):
        install_libreoffice(interpreter=PYTHON, profile=profile)
    assert "The extension Scorecard: is installed" in told_of(profile)
    remove_libreoffice(profile=profile)
    assert remove_libreoffice(profile=profile) == [
        "LibreOffice does not have the extension Scorecard; nothing was changed."
    ]


def test_a_folder_that_is_not_there_is_not_trusted(profile: Path, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="was not found"):
        install_libreoffice(interpreter=PYTHON, trust=(tmp_path / "absent",), profile=profile)


def test_the_macros_start_this_python_with_the_fixed_words_of_its_menu_and_nothing_else() -> None:
    content = extension(Path('/opt/my "own" python'))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sources = {
            name: archive.read(name).decode() for name in archive.namelist() if name[-4:] == ".xba"
        }
    text = "".join(sources.values())
    assert 'Interpreter = "/opt/my ""own"" python"' in text
    assert len(re.findall(r"\bShell\b", text)) == 1
    assert re.findall(r'StartPython "(\w+)"', text) == list(BUTTONS) == list(ACTIONS)


def test_the_extension_has_the_same_bytes_each_time() -> None:
    assert extension(PYTHON) == extension(PYTHON)
