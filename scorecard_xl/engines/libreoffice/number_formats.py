"""Number formats: English codes as Excel writes them, and LibreOffice's keys for them."""

from __future__ import annotations

import functools
import re
from typing import Any

from scorecard_xl.engines.libreoffice.installation import uno_module

DATE = 2
TEXT = 256
LOGICAL = 1024
_GENERAL = "General"

_PIECES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General|AM/PM|A/P|E[+-]|.', re.IGNORECASE | re.DOTALL)
_COLOURS = ("Black", "Blue", "Cyan", "Green", "Magenta", "Red", "White", "Yellow", "Color")
_DATE_LETTERS = "YMDHSN"
# LibreOffice has letters of its own for the names of weekdays.
_WEEKDAYS = {"NNNN": 'dddd", "', "NNN": "dddd", "NN": "ddd"}


class NumberFormats:
    """The number formats of one workbook."""

    def __init__(self, document: Any) -> None:
        self._formats = document.NumberFormats
        locale = "com.sun.star.lang.Locale"
        self._english = uno_module().createUnoStruct(locale, "en", "US", "")
        self._users = uno_module().createUnoStruct(locale, "", "", "")
        self._kinds: dict[int, int] = {}

    def key_of(self, code: str) -> int:
        """Find LibreOffice's key of a code, adding it where the workbook has none yet."""
        if code.upper() == _GENERAL.upper():
            return 0
        # A format of the user's own language is saved without the language's number before it.
        return int(self._formats.addNewConverted(code, self._english, self._users))

    def code_of(self, key: int) -> str:
        """Write a key's code as Excel does."""
        entry = self._formats.getByKey(key)
        if not (entry.Locale.Language == "en" or self._is_users_language_english):
            key = self._formats.addNewConverted(entry.FormatString, entry.Locale, self._english)
            entry = self._formats.getByKey(key)
        return excel_code(entry.FormatString)

    @functools.cached_property
    def _is_users_language_english(self) -> bool:
        return bool(self._formats.getByKey(0).FormatString == _GENERAL)

    def kind_of(self, key: int) -> int:
        """Tell what a key's code is for, as LibreOffice's sum of flags."""
        if key not in self._kinds:
            self._kinds[key] = int(self._formats.getByKey(key).Type)
        return self._kinds[key]

    def is_general(self, key: int) -> bool:
        """Whether a key's code is General, which takes on the look of what is entered."""
        return self.code_of(key) == _GENERAL

    @property
    def general(self) -> int:
        """Key of General."""
        return 0

    @property
    def logical(self) -> int:
        """Key that makes a number TRUE or FALSE."""
        return int(self._formats.getStandardFormat(LOGICAL, self._users))


def excel_code(code: str) -> str:
    """Write LibreOffice's spelling of a format code as Excel spells it: ``YYYY`` is ``yyyy``.

    Examples
    --------
    >>> excel_code('[RED]-0.0;DD/MM/YYYY" D"')
    '[Red]-0.0;dd/mm/yyyy" D"'
    """
    if code == "BOOLEAN":
        return _GENERAL
    for letters, weekday in _WEEKDAYS.items():
        code = code.replace(letters, weekday)
    return "".join(_piece(match[0]) for match in _PIECES.finditer(code))


def _piece(text: str) -> str:
    if text.startswith("["):
        inside = text[1:-1]
        for colour in _COLOURS:
            if inside.upper().startswith(colour.upper()):
                return f"[{colour}{inside[len(colour) :]}]"
        return text.lower() if inside.upper().strip(_DATE_LETTERS) == "" else text
    return text.lower() if len(text) == 1 and text in _DATE_LETTERS else text
