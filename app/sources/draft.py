"""What is known about a report before it is one, and what is missing."""

from dataclasses import dataclass, fields, replace
from datetime import date

from app.domain.errors import ReportError, UndatedReport, UnreadableReport
from app.domain.report import Report
from app.domain.vocabulary import DateBasis, Language
from app.sources.clean import clean

UNNAMED = "unnamed publisher"
"""Stands where neither the source nor the person who gives it names a publisher."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a source, or the person who gives it, says about a report's publication."""

    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    lang: Language | None = None
    basis: DateBasis = DateBasis.GIVEN
    """Who says that it was published on that day."""

    def under(self, stronger: "Facts") -> "Facts":
        """These facts, with those that `stronger` states in their place."""
        stated = {f.name: getattr(stronger, f.name) for f in fields(stronger) if getattr(stronger, f.name) is not None}
        if stronger.published is None:
            del stated["basis"]
        return replace(self, **stated)


def build_report(text: str, facts: Facts) -> Report:
    """The report as it is stored. Raises UnreadableReport without text, UndatedReport without a publication date."""
    cleaned = clean(text)
    if not cleaned:
        raise UnreadableReport("there is no text in it")
    if facts.published is None:
        raise UndatedReport("it has no publication date; give one with --published YYYY-MM-DD or a 'Published:' line")
    return Report(
        text=cleaned,
        published=facts.published,
        publisher=_line(facts.publisher) or UNNAMED,
        title=_line(facts.title),
        url=_line(facts.url),
        lang=facts.lang,
        basis=facts.basis,
    )


def parse_date(value: str) -> date:
    """Raises ReportError for anything but YYYY-MM-DD."""
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise ReportError(f"'{value}' is no date; write it as YYYY-MM-DD, as in 2023-07-12") from None


def parse_language(value: str) -> Language:
    """Raises ReportError for anything but en, uk, ru."""
    try:
        return Language(value.strip().lower())
    except ValueError:
        raise ReportError(f"'{value}' is no language that is read; right are {', '.join(Language)}") from None


def _line(value: str | None) -> str | None:
    return " ".join(clean(value).split()) or None if value else None
