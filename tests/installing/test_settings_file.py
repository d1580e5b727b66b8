"""Settings: two lines are set, every other byte stays, and removal brings the old file back."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
import xlwings
from hypothesis import given
from hypothesis import strategies as st
from xlwings.utils import read_user_config

from scorecard_xl.exceptions import RefusedError
from scorecard_xl.installing.settings_file import (
    settings_of,
    value_of_setting,
    with_lines,
    without_lines,
)

if TYPE_CHECKING:
    from pathlib import Path

KEY = "INTERPRETER_WIN"
PYTHON = PureWindowsPath(r"C:\Program Files\Python311\python.exe")
LINES = settings_of(KEY, PYTHON)
INTERPRETER = b'"INTERPRETER_WIN","C:\\Program Files\\Python311\\python.exe"\r\n'
FOLDER = b'"ADD_WORKBOOK_TO_PYTHONPATH","false"\r\n'
OURS = INTERPRETER + FOLDER


def changed(content: bytes) -> bytes:
    return with_lines(content, LINES, {}, newline=b"\r\n")[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"", OURS, id="no file"),
        pytest.param(b'"SHOW CONSOLE","True"', OURS + b'"SHOW CONSOLE","True"', id="others stay"),
        pytest.param(
            b'"A","1"\r\n"interpreter_win","python"\r\n"ADD_WORKBOOK_TO_PYTHONPATH","True"\r\n',
            b'"A","1"\r\n' + OURS,
            id="in the place of the old, whose case does not matter",
        ),
        pytest.param(
            b'\r\nINTERPRETER_WIN,old\r\n"INTERPRETER_WIN","older"\r\n"P","\xfc"\r\n',
            FOLDER + b"\r\n" + INTERPRETER + b'"INTERPRETER_WIN","older"\r\n"P","\xfc"\r\n',
            id="only the first counts; an empty line, a letter of a code page",
        ),
        pytest.param(
            b'"INTERPRETER_WINDOWS","x"\r\n', OURS + b'"INTERPRETER_WINDOWS","x"\r\n',
            id="a longer name is another",
        ),
    ],
)  # fmt: skip
def test_only_the_two_lines_are_set(before: bytes, after: bytes) -> None:
    assert changed(before) == after


def test_setting_twice_changes_nothing() -> None:
    once, remembered = with_lines(b'"A","1"\r\n', LINES, {}, newline=b"\r\n")
    assert with_lines(once, LINES, remembered, newline=b"\r\n") == (once, remembered)


def test_xlwings_reads_what_was_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "xlwings.conf"
    path.write_bytes(changed(b'"SHOW CONSOLE","True"\r\n"INTERPRETER_WIN","python"\r\n'))
    monkeypatch.setattr(xlwings, "USER_CONFIG_FILE", str(path))
    assert read_user_config() == {
        "interpreter_win": str(PYTHON),
        "add_workbook_to_pythonpath": "false",
        "show console": "True",
    }


NAMES = st.sampled_from([KEY, KEY.lower(), "ADD_WORKBOOK_TO_PYTHONPATH", "PYTHONPATH", "A B"])
A_LINE = st.one_of(
    st.builds(lambda name, value: b'"%s","%s"' % (name.encode(), value), NAMES, st.binary()),
    st.binary(),
)


@given(st.lists(A_LINE), st.sampled_from([b"\n", b"\r\n"]), st.booleans())
def test_putting_back_gives_the_very_bytes_that_were_there(
    lines: list[bytes], newline: bytes, ends: bool
) -> None:
    before = newline.join(lines) + (newline if ends else b"")
    after, remembered = with_lines(before, LINES, {}, newline=b"\r\n")
    again, remembered = with_lines(after, LINES, remembered, newline=b"\r\n")
    assert value_of_setting(again, KEY) == str(PYTHON)
    assert without_lines(again, remembered) == (before, [])


def test_lines_of_others_since_then_are_kept_when_putting_back() -> None:
    after, remembered = with_lines(b'"INTERPRETER_WIN","python"\r\n', LINES, {}, newline=b"\r\n")
    back = without_lines(after + b'"PYTHONPATH","C:\\a"\r\n', remembered)
    assert back == (b'"INTERPRETER_WIN","python"\r\n"PYTHONPATH","C:\\a"\r\n', [])


def test_a_line_that_somebody_has_changed_since_is_told_and_stays() -> None:
    after, remembered = with_lines(b"", LINES, {}, newline=b"\r\n")
    edited = after.replace(b'"false"', b'"True"')
    expected = b'"ADD_WORKBOOK_TO_PYTHONPATH","True"\r\n'
    assert without_lines(edited, remembered) == (expected, ["ADD_WORKBOOK_TO_PYTHONPATH"])


@pytest.mark.parametrize("path", ['/a"b/python', "/a%b/python", "/a\nb/python"])
def test_a_path_that_xlwings_would_read_otherwise_is_refused(path: str) -> None:
    with pytest.raises(RefusedError, match="cannot be written to xlwings' settings"):
        settings_of("INTERPRETER_MAC", PurePosixPath(path))
