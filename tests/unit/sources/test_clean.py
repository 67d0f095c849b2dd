"""Bytes become the characters that were meant, and what is stored is clean and keeps its offsets."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UnreadableReport
from app.sources.clean import clean, decode

WORDS = "Бої тривають південніше Бахмута, у районі Кліщіївки; ворога відкинули від села."


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (WORDS.encode(), None),
        (codecs.BOM_UTF8 + WORDS.encode(), "windows-1251"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), None),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), None),
        (WORDS.encode("windows-1251"), "windows-1251"),
        (WORDS.encode("koi8-u"), "KOI8-U"),
        (b'<html><meta charset="windows-1251"><p>' + WORDS.encode("windows-1251"), None),
        (WORDS.encode(), "no-such-charset"),
        (WORDS.encode(), "ascii"),
        (WORDS.encode("windows-1251"), "utf-8"),
        (WORDS.encode("windows-1251"), None),
    ],
)
def test_decodes_by_mark_then_statement_then_likeness(content: bytes, charset: str | None) -> None:
    assert decode(content, charset).endswith(WORDS)


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 and so on", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", b"PK\x03\x04\x14\x00\x06\x00"],
)
def test_refuses_what_is_no_text(content: bytes) -> None:
    with pytest.raises(UnreadableReport, match="not a text"):
        decode(content)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("\ufeffBakh\x00mut\ufeff", "Bakhmut"),
        ("Куп\u0027янськ і\u0308 и\u0306", "Куп'янськ ї й"),
        ("lone \ud83d surrogate", "lone \N{REPLACEMENT CHARACTER} surrogate"),
        ("  \n a\tb \n", "a\tb"),
        ("Combat near Lyman. var a = 1; window.b = a; ", "Combat near Lyman."),
    ],
)
def test_stores_clean_text(given: str, stored: str) -> None:
    assert clean(given) == stored


@given(st.text(alphabet=st.characters(), max_size=200))
def test_what_is_stored_stays_as_it_is(text: str) -> None:
    """So a text that is given again, from an export or a copy, is the same report."""
    stored = clean(text)
    assert "\x00" not in stored
    stored.encode()
    assert clean(stored) == stored
