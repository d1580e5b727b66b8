"""What workbooks are called: safe on every system, and no two areas share a name."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard_xl.batch.file_names import file_name, safe_name

DAY = dt.date(2013, 1, 31)
FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        pytest.param("Ashford", "Ashford 2013-01-31.xlsx", id="plain"),
        pytest.param("Isle of Wight, the", "Isle of Wight, the 2013-01-31.xlsx", id="comma"),
        pytest.param("Rhondda Cynon Taf (RCT)", "Rhondda Cynon Taf (RCT) 2013-01-31.xlsx", id="()"),
    ],
)
def test_a_harmless_name_stays(area: str, expected: str) -> None:
    assert file_name(area, DAY, ".xlsx") == expected


@pytest.mark.parametrize(
    "area",
    ["CON", "nul", "com1", "../../etc/passwd", "..\\x", "C:\\x", "a/b", "name.", "x  y", "~$x",
     ".hidden", "a\u0000b", "x" * 300, "é" * 90, "straße", "a:stream", "\u202eexe", "=1+1"],
)  # fmt: skip
def test_a_dangerous_name_is_altered_and_marked(area: str) -> None:
    name = safe_name(area)
    assert "~" in name
    assert not FORBIDDEN & set(name)
    assert name.isascii()
    assert not name.startswith((".", "~", " "))
    assert len(file_name(area, DAY, ".xlsx").encode()) < 120


def on_disk(name: str) -> str:
    """A name as systems compare it that are the least exact: no case, one form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold()).upper()


@given(first=st.text(min_size=1, max_size=40), second=st.text(min_size=1, max_size=40))
def test_two_areas_never_share_a_file(first: str, second: str) -> None:
    if first.strip().lower() != second.strip().lower():
        assert on_disk(safe_name(first)) != on_disk(safe_name(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a/b", "a:b"), ("é", "e\u0301"), ("ﬁ", "fi"), ("ß", "ss"), ("x.", "x"), ("ſ", "s"),
        ("ı", "I"),
    ],
)  # fmt: skip
def test_names_that_some_system_takes_for_each_other_differ(first: str, second: str) -> None:
    assert on_disk(safe_name(first)) != on_disk(safe_name(second))
