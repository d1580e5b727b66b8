"""Putting the add-ins into Excel, taking them out again, and telling what is there."""

from __future__ import annotations

from scorecard_xl.installing.desk_page import it_desk_page
from scorecard_xl.installing.installation import install, remove
from scorecard_xl.installing.places import Places, Platform, places_here
from scorecard_xl.installing.status import installation_findings

__all__ = [
    "Places",
    "Platform",
    "install",
    "installation_findings",
    "it_desk_page",
    "places_here",
    "remove",
]
