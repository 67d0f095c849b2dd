"""Which text of a web page is the article, and what the page says about its publication."""

import re

import trafilatura

from app.domain.errors import UnreadableReport
from app.domain.vocabulary import DateBasis
from app.sources.canonical import canonical
from app.sources.draft import Facts, parse_date

_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|h[1-6]|blockquote|table)\b[^<>]*>", re.IGNORECASE)
_BEGINNING = 4096


def looks_like_html(text: str) -> bool:
    """By content: a page, or a fragment of one as feeds carry it. A file's name says little about it."""
    beginning = text[:_BEGINNING]
    return bool(_DOCUMENT.search(beginning)) or len(_BLOCK.findall(beginning)) > 1


def reduce_html(html: str, url: str | None = None) -> tuple[Facts, str]:
    """The article and the page's own date, title and publisher.

    The date is only one that the page marks as that of its publication: a guess from its words would date claims
    wrongly.
    Raises UnreadableReport where no article is found.
    """
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
