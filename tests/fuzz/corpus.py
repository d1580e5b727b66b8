"""What fuzzing starts from: small inputs of every shape that the file engine knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.engines.small_books import SHEET_PART, TABLE_ROWS
from tests.fuzz.targets import PARTS, packed
from tests.hostile.packages import Entry, zip_of

if TYPE_CHECKING:
    from collections.abc import Sequence

# Inputs that once led to an error, in hexadecimal, a file for each target.
FOUND = Path(__file__).parent / "found"

_ROWS = (
    TABLE_ROWS,
    '<row r="1" spans="1:4" ht="18" customHeight="1"><c r="A1" s="1"><v>41305</v></c>'
    '<c r="B1" t="s"><v>1</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="e"><v>#N/A</v></c></row>',
    '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'
    '<c r="C2"><f t="shared" ref="C2:C3" si="0">A2</f><v>2</v></c></row>'
    '<row r="3"><c r="C3"><f t="shared" si="0"/><v>2</v></c><c r="D3" s="4"/></row>',
    '<row><c><v>1</v></c><c t="inlineStr"><is><r><rPr><color rgb="FF000000"/></rPr><t xml:space='
    '"preserve"> a</t></r><rPh sb="0" eb="1"><t>b</t></rPh></is></c></row><row/>',
    "<!-- x --><row r='4'><c t='d' r='A4'><v>2013-01-31</v></c><c r='B4' t='str'><v><![CDATA[<c>]]>"
    "</v></c></row>",
    '<row r="3"><c r="B3"/><c r="C3"><v>9</v></c><c r="F3"><f>1+1</f><v>2</v></c></row><row r="4" '
    'spans="1:7"><c r="D4" s="2"><v>1</v></c><c r="G4" t="inlineStr"><is><t>stays</t></is></c>'
    "</row>",
    '<row r="9"><c r="A9" t="inlineStr"><is><t>_x000D_&#128512;&lt;</t></is><extLst/></c></row>',
    '<row\n r="5"\n>\r\n<c r="A5"\n><v>1</v>\n</c>\n</row>',
)
_ALIKE = (
    "".join(
        f'<row r="{row}" ht="18" customHeight="1"><c r="A{row}" s="{row % 3}"><v>4130{row}</v></c>'
        f'<c r="B{row}" s="2" t="inlineStr"><is><t>a{row}</t></is></c>'
        f'<c r="C{row}" t="str"><f>B{row}&amp;"x"</f><v>a{row}x</v></c></row>'
        for row in range(1, 10)
    ),
    "".join(
        f'<row r="{row}" spans="1:4"><c r="A{row}" t="s"><v>{row % 3}</v></c><c r="D{row}" t="b">'
        f'<v>1</v></c><c r="E{row}"/></row>'
        for row in (2, 3, 5, 7)
    ),
    "".join(
        f'<row r="{row}"><c r="A{row}" s="1"><f aca="false">B{row}+1</f><v>{row}</v></c>'
        f'<c r="B{row}" t="str" cm="1"><f t="array" ref="B{row}">A{row}</f><v>b</v></c></row>'
        for row in range(1, 8)
    ),
)
_SHEETS = (
    '<x:worksheet xmlns:x="{0}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    "</x:sheetData></x:worksheet>",
    '<worksheet xmlns="{0}"><dimension ref="A1:B2"/><cols><col min="1" max="2" width="9.5" '
    'style="2"/></cols><sheetData/><mergeCells count="1"><mergeCell ref="C3:D3"/></mergeCells>'
    "<headerFooter><oddFooter>&amp;Lleft&amp;RPage &amp;P</oddFooter></headerFooter><rowBreaks "
    'count="1" manualBreakCount="1"><brk id="3" max="16383" man="1"/></rowBreaks></worksheet>',
)
_STRINGS = (
    '<si><t>Referrals</t></si><si><t></t></si><si><t xml:space="preserve"> a &amp; b </t></si>',
    "<si><t>_x000D_ ↑ é\r\n</t></si><si><t>&lt;c&gt;</t></si>",
    "<si><t>a</t><phoneticPr/></si><si><r><t>b</t></r><r><t>c</t></r></si>\n<si/>",
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def seeds(target: str) -> Sequence[bytes]:
    """What a target starts from: made inputs, and those that were once found."""
    made = {"package": _packages, "part": _parts, "sheet": _sheets, "rows": _rows,
            "alike": _alike, "strings": _strings}[target]()  # fmt: skip
    return [*made, *found(target)]


def found(target: str) -> list[bytes]:
    """Inputs that once led to an error in this target."""
    path = FOUND / f"{target}.txt"
    if not path.exists():
        return []
    return [bytes.fromhex(line) for line in path.read_text(encoding="ascii").split()]


def _packages() -> list[bytes]:
    entries = [Entry(name=name.encode(), content=text) for name, text in PARTS.items()]
    small = [Entry(name=b"a/b.xml", content=b"<a/>"), Entry(name="ü".encode(), flags=0x800)]
    return [
        packed(PARTS),
        zip_of(entries),
        zip_of(small),
        zip_of([Entry(name=b"z", content=b"z", is_zip64=True, has_descriptor=True)]),
    ]


def _parts() -> list[bytes]:
    names = [name for name in PARTS if name != SHEET_PART]
    return [bytes([number]) + PARTS[name] for number, name in enumerate(names)]


def _sheets() -> list[bytes]:
    whole = [text.replace("{0}", _MAIN).encode() for text in _SHEETS]
    return [PARTS[SHEET_PART], *whole, whole[0].decode().encode("utf-16")]


def _rows() -> list[bytes]:
    return [text.encode() for text in _ROWS]


def _alike() -> list[bytes]:
    return [text.encode() for text in (*_ROWS, *_ALIKE)]


def _strings() -> list[bytes]:
    return [text.encode() for text in _STRINGS]
