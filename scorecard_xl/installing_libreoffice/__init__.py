"""Putting the buttons' macros into LibreOffice, taking them out again, and telling what is there.

LibreOffice gets an extension. In it are the macros of the menu Tools, Add-Ons; and a workbook
that stands where a scorecard's own macros look for the xlwings add-in, laid beside a scorecard
with macros when one is opened. So the same .xlsm works in Excel and in LibreOffice.
"""

from __future__ import annotations

from scorecard_xl.installing_libreoffice.installation import (
    install_libreoffice,
    libreoffice_findings,
    remove_libreoffice,
)

__all__ = ["install_libreoffice", "libreoffice_findings", "remove_libreoffice"]
