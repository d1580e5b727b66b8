"""Fixtures of all tests: the judges that may be absent, and Ctrl-C that programs hear."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.generated.cases import LARGE_SIZES, case_of
from tests.generated.workbooks import write_case
from tests.judges import validators
from tests.judges.absence import JudgeAbsentError, skip_or_fail
from tests.judges.libreoffice import Calc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


# How long an example takes says more of the machine and its neighbours than of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _keyboard_stops_programs() -> None:
    """Have the programs that tests start hear Ctrl-C, also where a shell has run these apart."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def calc() -> Iterator[Calc]:
    """One LibreOffice for the whole run; skips where it is absent, fails where CI=true."""
    try:
        with Calc() as running:
            yield running
    except JudgeAbsentError as absence:
        skip_or_fail(absence)


@pytest.fixture(scope="session")
def validator_problems() -> Callable[[Path], list[str]]:
    """Ask both validators about a file; skips where the SDK's is absent, fails where CI=true."""
    try:
        validators.sdk_program()
    except JudgeAbsentError as absence:
        skip_or_fail(absence)
    return lambda path: validators.sdk_problems(path) + validators.audit_problems(path)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with so many indicators that its lookups are guarded; not to be changed."""
    path = tmp_path_factory.mktemp("large") / "large.xlsx"
    write_case(case_of(50, size=LARGE_SIZES[0]), path)
    return path
