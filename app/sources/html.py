"""Which text of a web page is the article, and what the page says about its publication."""

import logging
import re
from collections.abc import Mapping

import trafilatura
from lxml.etree import HTMLParser

from app.domain.errors import FetchError, UnreadableReport
from app.domain.vocabulary import DateBasis, FailureReason
from app.sources.canonical import canonical
from app.sources.draft import Facts, parse_date

# What it discards is told as an error of ours.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|h[1-6]|blockquote|table)\b[^<>]*>", re.IGNORECASE)
_BEGINNING = 4096
LETTERS_MAX, MARKS_MAX, DEPTH_MAX = 1_000_000, 60_000, 250
"""Of one page: letters outside its code, elements and attributes, elements inside each other. The longest daily
assessments have some 150,000, pages of news some 20,000 and 30."""


def looks_like_html(text: str) -> bool:
    """By content: a page, or a fragment of one as feeds carry it. A file's name says little about it."""
    beginning = text[:_BEGINNING]
    return bool(_DOCUMENT.search(beginning)) or len(_BLOCK.findall(beginning)) > 1


class _Shape:
    """Counts the marks and letters of a page without building it; lxml calls `start`, `data` and `end`."""

    def __init__(self) -> None:
        self.marks = self.depth = self.deepest = self.letters = 0
        self._code = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.marks += 1 + len(attributes)
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        self._code = tag in ("script", "style")

    def data(self, text: str) -> None:
        if not self._code:
            self.letters += len(text)

    def end(self, _tag: str) -> None:
        self.depth -= 1
        self._code = False

    def close(self) -> "_Shape":
        return self


def _refuse_monster(html: str) -> None:
    """What finds the article takes time that grows with the square of a page's depth, and memory with its size."""
    parser = HTMLParser(target=_Shape(), huge_tree=True)
    parser.feed(html)
    shape = parser.close()
    if shape.deepest > DEPTH_MAX or shape.marks > MARKS_MAX or shape.letters > LETTERS_MAX:
        raise FetchError(
            f"the page has {shape.letters:,} letters and {shape.marks:,} marks, {shape.deepest:,} deep; no more are "
            f"read than {LETTERS_MAX:,} and {MARKS_MAX:,}, {DEPTH_MAX} deep",
            FailureReason.TOO_LARGE,
        )


def reduce_html(html: str, url: str | None = None) -> tuple[Facts, str]:
    """The article and the page's own date, title and publisher.

    The date is only one that the page marks as that of its publication: a guess from its words would date claims
    wrongly.
    Raises UnreadableReport where no article is found, FetchError for a page that is no page but a monster.
    """
    _refuse_monster(html)
    document = trafilatura.bare_extraction(
        html.replace("\x00", ""),
        url=url,
        favor_recall=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if document is None or isinstance(document, dict) or not document.text:
        raise UnreadableReport("no article was found in the page")
    facts = Facts(
        published=parse_date(document.date) if document.date else None,
        basis=DateBasis.PAGE,
        publisher=document.sitename or document.hostname,
        title=document.title,
        url=canonical(url, document.url) if url else document.url,
    )
    return facts, document.text
