"""Shared strings are read in one go where they are plain, and then as a parser reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scorecard_xl.engines.file import shared_strings
from scorecard_xl.engines.file.plain_rows import CAN_BE_TOLD
from scorecard_xl.engines.file.shared_strings import read_shared_strings
from scorecard_xl.exceptions import FileError
from tests.engines.small_books import MAIN
from tests.fuzz.corpus import seeds
from tests.fuzz.mutation import mutations
from tests.scorecards import KENT, part_of

PART = "xl/sharedStrings.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
MUTANTS = 5_000

needs_proof = pytest.mark.skipif(
    not CAN_BE_TOLD, reason="before Python 3.11.5 a parser looks at every text"
)


def stored(items: str, *, head: str = HEAD, counts: str = ' count="3" uniqueCount="2"') -> bytes:
    return f'{head}<sst xmlns="{MAIN}"{counts}>{items}</sst>'.encode()


def parsed(data: bytes) -> list[str]:
    """The texts by their runs, as a parser tells them; without phonetic hints."""
    items = etree.fromstring(data).iterchildren("{*}si")
    path = "./*[local-name()='t'] | ./*[local-name()='r']/*[local-name()='t']"
    return ["".join(run.text or "" for run in item.xpath(path)) for item in items]


# What a cell may hold and XML writes as it is; Excel's own escapes are told apart elsewhere.
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="_\ufffe\uffff\ufffd")
)


@needs_proof
@given(st.lists(texts))
def test_plain_texts_are_read_without_a_parser(texts: list[str]) -> None:
    items = "".join(
        f'<si><t xml:space="preserve">{text}</t></si>' if number % 2 else f"<si><t>{text}</t></si>"
        for number, text in enumerate(
            text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts
        )
    )
    assert shared_strings._plain_texts(stored(items)) == texts
    assert parsed(stored(items)) == texts


@needs_proof
def test_the_templates_own_are_read_without_a_parser() -> None:
    data = part_of(KENT, PART)
    assert shared_strings._plain_texts(data) == parsed(data)
    assert "Indicators" in parsed(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(stored(""), [], id="none"),
        pytest.param(stored("<si><t/></si><si/>"), ["", ""], id="empty ones"),
        pytest.param(stored("<si><r><t>a</t></r><r><t>b</t></r></si>"), ["ab"], id="runs"),
        pytest.param(stored("<si><t>a</t><rPh sb='0'><t>b</t></rPh></si>"), ["a"], id="hint"),
        pytest.param(stored("<si><t>a</t></si><!-- b -->"), ["a"], id="a comment"),
        pytest.param(stored("<si><t>&#65;</t></si>"), ["A"], id="a reference by number"),
        pytest.param(stored("<si><t>a\r\nb\rc</t></si>"), ["a\nb\nc"], id="line ends"),
        pytest.param(stored("<si><t>_x000D_b_x005F_x000D_</t></si>"), ["\rb_x000D_"], id="escapes"),
        pytest.param(stored("<si><t>a\ufffd</t></si>"), ["a\ufffd"], id="a replacement character"),
        pytest.param(stored("<si><t>a</t></si>", head=""), ["a"], id="not declared"),
        pytest.param(stored("<si><t>a</t></si>", counts=' x="1"'), ["a"], id="another attribute"),
        pytest.param(stored("<si><t>a</t></si>") + b"\n", ["a"], id="a line after the end"),
        pytest.param(
            stored("<si><t>é</t></si>", head=HEAD.replace("UTF-8", "ISO-8859-1"))
            .decode().encode("latin-1"), ["é"], id="another encoding",
        ),
        pytest.param(
            stored("<si><t>a</t></si>").replace(MAIN.encode(), b"urn:a"), [], id="not Excel's",
        ),
    ],
)  # fmt: skip
def test_texts_in_any_form_are_read(data: bytes, expected: list[str]) -> None:
    assert read_shared_strings(data, PART) == expected


@pytest.mark.parametrize(
    "items",
    [
        "<si><t>a</si></t>",
        "<si><t>a",
        "<si><t>a & b</t></si>",
        "<si><t>a ]]> b</t></si>",
        "<si><t>\x01</t></si>",
        "<si><t>\ufffe</t></si>",
        "<si><t>a</t></si>&uuml;",
    ],
)
def test_what_is_damaged_is_refused(items: str) -> None:
    with pytest.raises(FileError, match=r"xl/sharedStrings\.xml .* damaged"):
        read_shared_strings(stored(items), PART)


def test_a_text_longer_than_a_parser_takes_is_refused() -> None:
    with pytest.raises(FileError, match="damaged"):
        read_shared_strings(stored(f"<si><t>{'a' * 12_000_000}</t></si>"), PART)


@needs_proof
def test_thousands_of_changed_ones_are_taken_only_as_a_parser_takes_them() -> None:
    changed, plain = mutations(seeds("strings"), seed=2013), 0
    for _ in range(MUTANTS):
        data = stored("").replace(b"</sst>", next(changed) + b"</sst>")
        found = shared_strings._plain_texts(data)
        if found is not None:
            plain += 1
            assert [shared_strings.unescaped(text) for text in parsed(data)] == found, data
    assert plain > MUTANTS / 50
