"""The cell styles that conditional formats show."""

from __future__ import annotations

from typing import Any

from scorecard_xl.engines.libreoffice.looks import colour_number, rgb, slant

STYLE_NAMES = ("fill_color", "font_color", "font_bold", "font_italic")
_DIRECT = "DIRECT_VALUE"
# Such are the styles of a file's rules; one that is made has what the workbook's own style says.
_OF_THE_FILE = "ConditionalStyle_"
_NAMES_OF_LOOKS = (
    "CellBack", "IsCellBackgroundTransparent", "CharColor", "CharComplexColor", "CharWeight",
    "CharPosture", "DisplayName", "Hidden",
)  # fmt: skip


class Style:
    """What a style says of its own; the rest is None, and left to the cell."""

    def __init__(self, document: Any, name: str) -> None:
        self._style = document.StyleFamilies.getByName("CellStyles").getByName(name)

    def _own(self, name: str) -> Any:
        said = self._style.getPropertyState(name).value == _DIRECT
        return getattr(self._style, name) if said else None

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        """Ground of the cell."""
        return rgb(self._own("CellBackColor"))

    @property
    def font_color(self) -> tuple[int, int, int] | None:
        """Colour of the letters."""
        return rgb(self._own("CharColor"))

    @property
    def font_bold(self) -> bool | None:
        """Whether the letters are bold."""
        weight = self._own("CharWeight")
        return None if weight is None else weight > 100

    @property
    def font_italic(self) -> bool | None:
        """Whether the letters slant."""
        posture = self._own("CharPosture")
        return None if posture is None else posture.value == "ITALIC"

    @property
    def draws_more(self) -> bool:
        """Whether it says more than the four that `look` has."""
        names = tuple(each.Name for each in self._style.PropertySetInfo.Properties)
        states = zip(names, self._style.getPropertyStates(names), strict=True)
        said = (name for name, state in states if state.value == _DIRECT)
        return any(not name.startswith(_NAMES_OF_LOOKS) for name in said)

    @property
    def look(self) -> dict[str, Any]:
        """Colours of ground and letters, bold and italic, where it says something of them."""
        look = {name: getattr(self, name) for name in STYLE_NAMES}
        return {name: value for name, value in look.items() if value is not None}


def style_for(document: Any, look: dict[str, Any]) -> str:
    """Name the style that has a look, made where the workbook has none yet."""
    styles = document.StyleFamilies.getByName("CellStyles")
    wanted = {name: _plain(value) for name, value in look.items()}
    for known in styles.ElementNames:
        if known.startswith(_OF_THE_FILE):
            style_known = Style(document, known)
            if style_known.look == wanted and not style_known.draws_more:
                return str(known)
    name = " ".join(["Rule", *(f"{part} {_said(value)}" for part, value in sorted(look.items()))])
    if not styles.hasByName(name):
        style = document.createInstance("com.sun.star.style.CellStyle")
        styles.insertByName(name, style)
        if "fill_color" in look:
            style.CellBackColor = colour_number(look["fill_color"])
        if "font_color" in look:
            style.CharColor = colour_number(look["font_color"])
        if "font_bold" in look:
            style.CharWeight = 150.0 if look["font_bold"] else 100.0
        if "font_italic" in look:
            style.CharPosture = slant(italic=look["font_italic"])
    return name


def _plain(value: Any) -> Any:
    """A truth as it is, a colour as red, green and blue."""
    return value if isinstance(value, bool) else rgb(colour_number(value))


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{colour_number(value):06x}"
