"""Number formats that show dates are told from those that show numbers."""

from __future__ import annotations

import pytest

from scorecard_xl.engines.file.styles import is_date_format


@pytest.mark.parametrize(
    "code",
    [
        "dd/mm/yyyy",
        "h:mm",
        "[h]:mm",
        "[HH]:mm:ss",
        "[m]",
        "[mmm]",
        "[mm]:ss",
        "[ss].00",
        "[s]",
        "[$-409]d-mmm-yy",
        "[Magenta]d mmm",
        "[HIJRI]yyyy",
    ],
)
def test_dates_and_times_are_told(code: str) -> None:
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code",
    [
        "0.00",
        "General",
        "[Magenta]#,##0",
        "[magenta]0;[Red]-0",
        "[HIJRI]0",
        "[Hijri]0",
        "[$S-1]0",
        "[$m-409]0",
        "[h:m]0",
        "[hm]0",
        "[sand]0",
        "[>=1000]0",
        '0" days; months"',
        r"0\;\d",
        "0;dd",
        "0_d",
    ],
)
def test_numbers_in_colours_calendars_and_words_are_no_dates(code: str) -> None:
    assert not is_date_format(code)
