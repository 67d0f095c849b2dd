"""What text is stored: bytes to characters, and characters to those a database and a reader can hold.

Text is stored in Unicode NFC, because the name forms of the gazetteer are NFC and «й», «ї», "é" arrive in two forms.
All offsets of the project point into the cleaned text; nothing is changed after this step.
"""

import codecs
import re
import unicodedata

from trafilatura.utils import detect_encoding

from app.domain.errors import UnreadableReport
from app.domain.script import script_spans

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u2028\u2029\x85]")
_LINE_ENDS = frozenset("\x0b\x0c\x85\u2028\u2029")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SAMPLE = 8192


def decode(content: bytes, charset: str | None = None) -> str:
    """The characters of `content`: by byte order mark, stated `charset`, the page's own word, UTF-8, or likeness.

    Raises UnreadableReport where the bytes are no text at all (a picture, an archive, a PDF).
    """
    for mark, marked in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(marked, "replace")
    _refuse_binary(content)
    said = _META_CHARSET.search(content[:_SAMPLE])
    named = said.group(1).decode("ascii") if said else None
    for encoding in (charset, named, "utf-8", *_guesses(content)):
        decoded = _decoded(content, encoding)
        if decoded is not None:
            return decoded
    raise UnreadableReport("its encoding could not be told; save it as UTF-8")


def clean(text: str) -> str:
    """`text` as it is stored: NFC, lines ended by \\n, without controls, lone surrogates and leaked program code."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub(lambda control: "\n" if control.group() in _LINE_ENDS else "", text)
    text = unicodedata.normalize("NFC", _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text))
    return _without_script(text).strip()


def _refuse_binary(content: bytes) -> None:
    sample = content[:_SAMPLE]
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in sample)
    if sample.startswith(b"%PDF-") or controls > len(sample) / 100:
        raise UnreadableReport("it is not a text; give plain text or HTML")


def _guesses(content: bytes) -> list[str]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return detect_encoding(content)
    return []


def _decoded(content: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        return content.decode(encoding)
    except (LookupError, UnicodeDecodeError):  # a wrong or unknown name in a header: the next guess decides
        return None


def _without_script(text: str) -> str:
    kept, end = [], 0
    for span in script_spans(text):
        kept.append(text[end : span.start])
        end = span.end
    return "".join([*kept, text[end:]])
