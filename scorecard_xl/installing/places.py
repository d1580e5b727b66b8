"""Where an installation puts things, for the user who installs it."""

from __future__ import annotations

import dataclasses
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OUR_ADDIN, VENDOR_ADDIN = "scorecard.xlam", "xlwings.xlam"


class Platform(StrEnum):
    """The systems that Excel with macros runs on, as Python names them."""

    WINDOWS = "win32"
    MAC = "darwin"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Places:
    """All places that are written to: Excel's, xlwings', the desktop's and our own.

    Excel loads what lies in `startup` each time it starts. `settings` is the
    user's xlwings.conf, where xlwings itself looks for it. `scripts` is the
    one folder from which Excel for Mac runs scripts; None on Windows.
    """

    platform: Platform
    startup: Path
    settings: Path
    start_entry: Path
    record: Path
    log: Path
    scripts: Path | None = None

    @classmethod
    def of_this_user(cls, platform: Platform, environ: Mapping[str, str], home: Path) -> Places:
        """Tell the places of a user by the environment and the home folder; nothing is read."""
        if platform is Platform.WINDOWS:
            return cls._on_windows(environ, home)
        library = home / "Library"
        container = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
        return cls(
            platform=platform,
            startup=container / "Startup.localized" / "Excel",
            settings=library / "Containers" / "com.microsoft.Excel" / "Data" / "xlwings.conf",
            start_entry=home / "Applications" / "Scorecard - refresh.command",
            record=library / "Application Support" / "scorecard_xl" / "addin.json",
            log=library / "Logs" / "scorecard_xl" / "clicks.log",
            scripts=library / "Application Scripts" / "com.microsoft.Excel",
        )

    @classmethod
    def _on_windows(cls, environ: Mapping[str, str], home: Path) -> Places:
        # Windows sets both; organisations move the first to a network drive.
        roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / "Microsoft"
        local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "scorecard_xl"
        menu = roaming / "Windows" / "Start Menu" / "Programs"
        return cls(
            platform=Platform.WINDOWS,
            startup=roaming / "Excel" / "XLSTART",
            settings=home / ".xlwings" / "xlwings.conf",
            start_entry=menu / "Scorecard - refresh.lnk",
            record=local / "addin.json",
            log=local / "Logs" / "clicks.log",
        )

    @classmethod
    def of_anyone(cls, platform: Platform) -> Places:
        """Tell the places of a user who is not known, for people to read."""
        if platform is Platform.MAC:
            return cls.of_this_user(platform, {}, Path("~"))
        known = {"APPDATA": "%APPDATA%", "LOCALAPPDATA": "%LOCALAPPDATA%"}
        return cls.of_this_user(platform, known, Path("%USERPROFILE%"))

    @property
    def interpreter_key(self) -> str:
        """The name of xlwings' setting for the Python that it starts."""
        return "INTERPRETER_WIN" if self.platform is Platform.WINDOWS else "INTERPRETER_MAC"

    @property
    def what_is_installed(self) -> dict[str, str]:
        """Each place that an installation writes to, and what is written there."""
        setting_names = f"{self.interpreter_key} and ADD_WORKBOOK_TO_PYTHONPATH"
        told = {
            self.startup / OUR_ADDIN: "our add-in: the tab Scorecard",
            self.startup / VENDOR_ADDIN: "the add-in of xlwings, which starts Python",
            self.settings: f"two settings, {setting_names}; other lines stay",
            self.start_entry: "refreshes the workbook that is open, from outside Excel",
            self.record: "what was installed and what was there before, for removing it",
        }
        if self.scripts is not None:
            told[self.scripts / "xlwings-*.applescript"] = (
                "the script by which xlwings starts Python"
            )
        return {self.shown(path): what for path, what in told.items()}

    @property
    def what_is_written(self) -> dict[str, str]:
        """The same, and where a click writes to besides the workbook."""
        clicks = "what was clicked and what went wrong; no counts"
        return {**self.what_is_installed, self.shown(self.log): clicks}

    def shown(self, path: Path) -> str:
        """A path as its own system writes it."""
        return str(path).replace("/", "\\") if self.platform is Platform.WINDOWS else str(path)


def places_here() -> Places | None:
    """Tell the places of whoever runs this; None where there is no Excel with macros."""
    if sys.platform not in tuple(Platform):
        return None
    return Places.of_this_user(Platform(sys.platform), os.environ, Path.home())
