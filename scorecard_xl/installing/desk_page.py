"""The page "For your IT desk", with the hashes of the very files that would be installed."""

from __future__ import annotations

import sys
from pathlib import Path

from scorecard_xl.installing.places import Places, Platform
from scorecard_xl.installing.record import sha256_of
from scorecard_xl.installing.sources import files_for, packaged_version, version_of_package

_PAGE = Path(__file__).parents[1] / "for_your_it_desk.md"


def it_desk_page() -> str:
    """The page as Markdown, for Windows and Mac."""
    page = _PAGE.read_text(encoding="utf-8")
    for mark, text in {
        "VERSIONS": _versions(),
        "HASHES": _hashes(),
        "WRITTEN_ON_WINDOWS": _written(Platform.WINDOWS),
        "WRITTEN_ON_MAC": _written(Platform.MAC),
    }.items():
        page = page.replace(f"<!-- {mark} -->", text)
    return page


def _versions() -> str:
    packages = [f"{name} {version_of_package(name)}" for name in ("scorecard_xl", "xlwings")]
    addins = [f"{name} {packaged_version(name)}" for name in ("scorecard.xlam", "xlwings.xlam")]
    python = ".".join(str(part) for part in sys.version_info[:3])
    return f"This page is for {', '.join([*packages, *addins])} and Python {python}."


def _hashes() -> str:
    """A row for each file, which both systems share but for the Mac's script."""
    files = files_for(Places.of_anyone(Platform.MAC)).values()
    rows = [f"| {path.name} | `{sha256_of(path.read_bytes())}` |" for path in files]
    return "\n".join(["| File | SHA-256 |", "|---|---|", *rows])


def _written(platform: Platform) -> str:
    what = Places.of_anyone(platform).what_is_written
    rows = [f"| `{path}` | {told} |" for path, told in what.items()]
    return "\n".join(["| Where | What |", "|---|---|", *rows])
