"""How cells look: colours, fonts, alignment, widths and heights."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from xlwings import base_classes

from scorecard_xl.engines.libreoffice.cell_groups import common
from scorecard_xl.engines.libreoffice.failures import with_sentences
from scorecard_xl.engines.libreoffice.installation import uno_module

if TYPE_CHECKING:
    from scorecard_xl.engines.libreoffice.office import Office

NO_COLOUR = -1
_BOLD, _NORMAL = 150.0, 100.0
_HUNDREDTHS_OF_MM_PER_POINT = 2540 / 72
# At this size of type a digit's width comes out without rounding that matters.
_LARGE = 1000
_TWIPS_PER_DOT = 15

_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
    "fill": "REPEAT",
}
_VERTICAL = {"bottom": 3, "top": 1, "center": 2, "justify": 4}


def colour_number(colour: Any) -> int:
    """Turn xlwings' colours, an RGB tuple, ``"#rrggbb"`` or Excel's number, into LibreOffice's."""
    if colour is None:
        return NO_COLOUR
    if isinstance(colour, str):
        return int(colour.removeprefix("#"), 16)
    if isinstance(colour, int):
        # Excel's number has blue first.
        return int.from_bytes(colour.to_bytes(3, "big")[::-1], "big")
    red, green, blue = colour
    return int(red) << 16 | int(green) << 8 | int(blue)


def rgb(number: int | None) -> tuple[int, int, int] | None:
    """Turn LibreOffice's colour into an RGB tuple; None where there is none."""
    if number is None or number == NO_COLOUR:
        return None
    return number >> 16 & 255, number >> 8 & 255, number & 255


def slant(*, italic: bool) -> Any:
    """Name the slant of letters for LibreOffice."""
    return uno_module().Enum("com.sun.star.awt.FontSlant", "ITALIC" if italic else "NONE")


@with_sentences
class Font(base_classes.Font):
    """The font of some cells; what they do not agree on is None."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells

    @property
    def api(self) -> Any:
        return self._cells

    @property
    def bold(self) -> bool | None:
        weight = common(self._cells, "CharWeight")
        return None if weight is None else weight > _NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._cells.CharWeight = _BOLD if value else _NORMAL

    @property
    def italic(self) -> bool | None:
        posture = common(self._cells, "CharPosture")
        return None if posture is None else posture.value == "ITALIC"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._cells.CharPosture = slant(italic=value)

    @property
    def size(self) -> float | None:
        height = common(self._cells, "CharHeight")
        return None if height is None else float(height)

    @size.setter
    def size(self, value: float) -> None:
        self._cells.CharHeight = float(value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        number = common(self._cells, "CharColor")
        # A colour left to LibreOffice is black on any but a dark ground, as in Excel.
        return (0, 0, 0) if number == NO_COLOUR else rgb(number)

    @color.setter
    def color(self, value: Any) -> None:
        self._cells.CharColor = colour_number(value)

    @property
    def name(self) -> str | None:
        name = common(self._cells, "CharFontName")
        return None if name is None else str(name)

    @name.setter
    def name(self, value: str) -> None:
        self._cells.CharFontName = value


def horizontal_alignment(cells: Any) -> str | None:
    """Name the alignment of cells as xlwings does."""
    found = common(cells, "HoriJustify")
    return next((name for name, to in _HORIZONTAL.items() if found and to == found.value), None)


def align_horizontally(cells: Any, name: str) -> None:
    """Align cells as xlwings names it; raises NotImplementedError for what Excel alone has."""
    if name not in _HORIZONTAL:
        raise NotImplementedError(f"LibreOffice has no horizontal alignment {name!r}.")
    justify = "com.sun.star.table.CellHoriJustify"
    cells.HoriJustify = uno_module().Enum(justify, _HORIZONTAL[name])


def vertical_alignment(cells: Any) -> str | None:
    """Name the alignment of cells as xlwings does."""
    found = common(cells, "VertJustify")
    return next((name for name, to in _VERTICAL.items() if to == (found or 3)), None)


def align_vertically(cells: Any, name: str) -> None:
    """Align cells as xlwings names it; raises NotImplementedError for what Excel alone has."""
    if name not in _VERTICAL:
        raise NotImplementedError(f"LibreOffice has no vertical alignment {name!r}.")
    cells.VertJustify = _VERTICAL[name]


def points(hundredths_of_mm: float) -> float:
    """Turn LibreOffice's lengths into points, to a twentieth as row heights are."""
    return round(hundredths_of_mm / _HUNDREDTHS_OF_MM_PER_POINT * 20) / 20


def hundredths_of_mm(length_in_points: float) -> int:
    """Turn points into LibreOffice's lengths."""
    return round(length_in_points * _HUNDREDTHS_OF_MM_PER_POINT)


class ColumnUnit(NamedTuple):
    """What column widths are counted in.

    Attributes
    ----------
    digit
        Width of a digit of the workbook's default font, in hundredths of a millimetre.
    padding
        Space at a column's sides, in digits, that files count and Excel's `ColumnWidth` does not.
    """

    digit: float
    padding: float

    def characters(self, width: int) -> float:
        """Characters that fit a column of a width in hundredths of a millimetre, as Excel says."""
        return max(0.0, round(width / self.digit - self.padding, 2))

    def width(self, characters: float) -> int:
        """Width, in hundredths of a millimetre, of a column for so many characters."""
        return round((characters + self.padding) * self.digit)


def column_unit(office: Office, document: Any) -> ColumnUnit:
    """Measure the unit of a workbook's column widths, as LibreOffice does for files."""
    style = document.StyleFamilies.getByName("CellStyles").getByName("Default")
    device = office.service("com.sun.star.awt.Toolkit").createScreenCompatibleDevice(1, 1)
    wanted = uno_module().createUnoStruct("com.sun.star.awt.FontDescriptor")
    wanted.Name, wanted.Height = style.CharFontName, _LARGE
    em = device.getFont(wanted).getStringWidth("0") / _LARGE
    # A digit is a whole number of twips, of which a point has 20.
    twips = int(em * style.CharHeight * 20)
    # Excel rounds a digit to dots of the screen, and leaves a quarter of it and a line free.
    dots = max(1, twips // _TWIPS_PER_DOT)
    padding = (2 * math.ceil(dots / 4) + 1) / dots
    return ColumnUnit(twips / 20 * _HUNDREDTHS_OF_MM_PER_POINT, padding)
