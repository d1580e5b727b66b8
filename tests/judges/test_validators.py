"""The validators: both pass a sound workbook, and each finds what it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.judges import validators
from tests.judges.absence import JudgeAbsentError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_sound_workbook_passes_both(
    validator_problems: Callable[[Path], list[str]], workbook_path: Path
) -> None:
    assert validator_problems(workbook_path) == []


@pytest.mark.usefixtures("validator_problems")
@pytest.mark.parametrize("judge", [validators.sdk_problems, validators.audit_problems])
def test_each_finds_the_fault_of_every_file_that_openpyxl_writes(
    judge: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    openpyxl.Workbook().save(tmp_path / "plain.xlsx")
    (problem,) = judge(tmp_path / "plain.xlsx")
    assert problem.startswith("/xl/styles.xml")


@pytest.mark.usefixtures("validator_problems")
@pytest.mark.parametrize("judge", [validators.sdk_problems, validators.audit_problems])
def test_each_says_that_a_text_file_is_no_workbook(
    judge: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    (tmp_path / "text.xlsx").write_text("not a zip", encoding="utf-8")
    assert judge(tmp_path / "text.xlsx") != []


def test_a_validator_that_is_not_there_is_named_as_absent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(validators.SDK_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(JudgeAbsentError, match="npm install"):
        validators.sdk_program()
