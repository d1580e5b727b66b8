"""Machines to examine: a user's folders, and a registry with the values that are given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scorecard_xl.doctor import Machine
from scorecard_xl.installing import Places, Platform

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard_xl.doctor import Finding

PYTHON = Path("/opt/python/bin/python3")
Values = dict[tuple[str, str], object]


def windows_machine(
    folder: Path,
    *,
    values: Values | None = None,
    interpreter: Path = PYTHON,
    environ: Mapping[str, str] | None = None,
    roaming: str | None = None,
) -> Machine:
    """A Windows machine whose registry holds `values`, by key and name; case does not matter."""
    known = {
        (key.casefold(), name.casefold()): value for (key, name), value in (values or {}).items()
    }
    profile = {"APPDATA": roaming or str(folder / "Roaming"), "LOCALAPPDATA": str(folder / "Local")}
    home = folder / "home"
    return Machine(
        places=Places.of_this_user(Platform.WINDOWS, profile, home),
        interpreter=interpreter,
        home=home,
        environ=environ or {},
        registry=lambda key, name: known.get((key.casefold(), name.casefold())),
    )


def mac_machine(folder: Path, *, interpreter: Path = PYTHON) -> Machine:
    """A Mac, which has no registry."""
    places = Places.of_this_user(Platform.MAC, {}, folder)
    return Machine(places=places, interpreter=interpreter, home=folder)


def about(subject: str, findings: list[Finding]) -> list[str]:
    """What is told of one subject."""
    return [str(finding) for finding in findings if finding.subject == subject]
