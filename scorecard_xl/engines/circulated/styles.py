"""The looks of a document as a styles part: each font, fill, border and format once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard_xl.engines.circulated.document import Look
from scorecard_xl.engines.circulated.texts import attribute
from scorecard_xl.engines.file.theme import FONT
from scorecard_xl.engines.file.xml import DECLARATION, MAIN

if TYPE_CHECKING:
    from scorecard_xl.engines.circulated.document import Edge

# What Excel knows without being told; others are numbered from 164 on.
_KNOWN_FORMATS = {"General": 0, "0": 1, "#,##0": 3, "0%": 9, "@": 49}
_FIRST_OWN_FORMAT = 164


class LookBook:
    """Numbers the looks that are used, in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[Look, int] = {}
        self._fonts: dict[str, int] = {}
        self._fills: dict[str, int] = {}
        self._borders: dict[str, int] = {}
        self._formats: dict[str, int] = {}
        self._records: list[str] = []
        # The first look is that of cells nobody has given one.
        for pattern in ("none", "gray125"):
            self._fills[f'<fill><patternFill patternType="{pattern}"/></fill>'] = len(self._fills)
        self.number_of(Look())

    def number_of(self, look: Look) -> int:
        """The number by which a cell names its look."""
        if look not in self._numbers:
            self._numbers[look] = len(self._records)
            self._records.append(self._record(look))
        return self._numbers[look]

    def to_bytes(self) -> bytes:
        """The styles part."""
        formats = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{attribute(code)}"/>'
            for code, number in self._formats.items()
        )
        if formats:
            formats = f'<numFmts count="{len(self._formats)}">{formats}</numFmts>'
        return (
            f'{DECLARATION}<styleSheet xmlns="{MAIN}">{formats}'
            f"{_listed('fonts', self._fonts)}{_listed('fills', self._fills)}"
            f"{_listed('borders', self._borders)}"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            "</cellStyleXfs>"
            f"{_listed('cellXfs', dict.fromkeys(self._records, 0), len(self._records))}"
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            '<dxfs count="0"/>'
            '<tableStyles count="0" defaultTableStyle="TableStyleLight1" '
            'defaultPivotStyle="PivotStyleLight16"/></styleSheet>'
        ).encode()

    def _record(self, look: Look) -> str:
        font = _number(self._fonts, _font(look))
        fill = 0 if look.fill is None else _number(self._fills, _fill(look.fill))
        border = _number(self._borders, _border(look))
        number_format = _KNOWN_FORMATS.get(look.number_format)
        if number_format is None:
            number_format = self._formats.setdefault(
                look.number_format, _FIRST_OWN_FORMAT + len(self._formats)
            )
        return (
            f'<xf numFmtId="{number_format}" fontId="{font}" fillId="{fill}" borderId="{border}" '
            'xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" '
            f'applyAlignment="1">{_alignment(look)}</xf>'
        )


def _number(known: dict[str, int], element: str) -> int:
    return known.setdefault(element, len(known))


def _listed(tag: str, elements: dict[str, int], count: int | None = None) -> str:
    return f'<{tag} count="{count or len(elements)}">{"".join(elements)}</{tag}>'


def _font(look: Look) -> str:
    bold, italic = "<b/>" * look.is_bold, "<i/>" * look.is_italic
    return (
        f'<font>{bold}{italic}<sz val="{look.points:g}"/><color rgb="FF{look.ink}"/>'
        f'<name val="{FONT}"/><family val="2"/></font>'
    )


def _fill(colour: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _border(look: Look) -> str:
    left, bottom = _edge("left", look.left), _edge("bottom", look.bottom)
    return f"<border>{left}<right/><top/>{bottom}<diagonal/></border>"


def _edge(tag: str, edge: Edge | None) -> str:
    if edge is None:
        return f"<{tag}/>"
    return f'<{tag} style="{edge.style}"><color rgb="FF{edge.colour}"/></{tag}>'


def _alignment(look: Look) -> str:
    said = [f'horizontal="{look.horizontal}"'] if look.horizontal else []
    said.append(f'vertical="{look.vertical}"')
    said += ['wrapText="1"'] if look.wraps else []
    said += [f'indent="{look.indent}"'] if look.indent else []
    said += ['shrinkToFit="1"'] if look.shrinks else []
    return f"<alignment {' '.join(said)}/>"
