"""What happens where a judge is not installed: a skip with its reason, a failure where CI=true."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

from scorecard_xl import EngineError
from scorecard_xl.engines.libreoffice.installation import soffice_program, uno_module


class JudgeAbsentError(Exception):
    """A judge is not installed here; the message says what would bring it."""


def skip_or_fail(absence: JudgeAbsentError) -> NoReturn:
    """Skip the test with the reason, but fail it where every judge has to be present."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI=true wants every judge: {absence}", pytrace=False)
    pytest.skip(str(absence))


def need_libreoffice() -> None:
    """Skip the test, or fail it, where there is no LibreOffice with a Python that it can use."""
    try:
        uno_module()
        soffice_program()
    except EngineError as error:
        skip_or_fail(JudgeAbsentError(str(error)))
