"""What is told of every feature: each property in the order of a table's columns, with its type and its meaning."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.vocabulary import (
    Actor,
    ClaimStatus,
    Compass,
    Event,
    FeatureKind,
    GeoPrecision,
    Language,
    Outcome,
    Relation,
    SpeakerSide,
    TimeBasis,
    TimePrecision,
)

DAY, MOMENT = "date", "date-time"
FIRST, LAST, ONLY = "primary-interval-start", "primary-interval-end", "primary-instant"


@dataclass(frozen=True, slots=True)
class Property:
    meaning: str
    scalar: type[str] | type[float] | type[int] | type[bool] = str
    words: type[StrEnum] | None = None
    """The only values, where there are not any others."""
    format: str | None = None
    """Of a text: DAY or MOMENT."""
    may_lack: bool = False
    role: str | None = None
    """Of OGC API – Features, Part 5: whether it holds the time that `datetime` asks for."""


def _words(meaning: str, vocabulary: type[StrEnum], *, may_lack: bool = False) -> Property:
    return Property(meaning, words=vocabulary, may_lack=may_lack)


def _day(meaning: str, role: str | None = None) -> Property:
    return Property(meaning, format=DAY, role=role)


def _optional(meaning: str, kind: type[str] | type[float] = str) -> Property:
    return Property(meaning, kind, may_lack=True)


PROPERTIES: dict[str, Property] = {
    "kind": _words("Point or area", FeatureKind),
    "relation": _words("How the words relate what happened to the place", Relation),
    "phrase": Property("The words that say where"),
    "event": _words("What happened", Event),
    "outcome": _words("How it ended", Outcome),
    "actor": _words("Who did it", Actor),
    "claim_status": _words("How the report stands to the claim", ClaimStatus),
    "unverified": Property("The report says that this could not be verified", bool),
    "speaker": Property("Who says so"),
    "speaker_side": _words("Whose side the speaker is on", SpeakerSide),
    "start": _day("First day of what happened", FIRST),
    "end": _day("Last day of what happened, included", LAST),
    "time_precision": _words("How closely the time was said", TimePrecision),
    "time_basis": _words("Whether the time was said, or is that of the statement", TimeBasis),
    "as_of": _day("Day as of which the speaker says it"),
    "published": _day("Day on which the report was published"),
    "recorded": Property("When the report was stored here", format=MOMENT),
    "place_id": _optional("The gazetteer's id of the place that the feature is about"),
    "place_name": _optional("Name of the place in English"),
    "place_name_uk": _optional("Name of the place in Ukrainian"),
    "anchor_lon": _optional("Longitude of the place, degrees of WGS 84", float),
    "anchor_lat": _optional("Latitude of the place, degrees of WGS 84", float),
    "compass": _words("Bearing from the place", Compass, may_lack=True),
    "distance_km": _optional("Distance from the place as said, kilometres", float),
    "direction_name": _optional("The operational direction that was named"),
    "uncertainty_m": Property("How far the truth may lie from the middle, metres", float),
    "geo_precision": _words("Precision of the place, as UCDP's where_prec", GeoPrecision),
    "probability": _optional("Share of true locations that is measured to lie inside", float),
    "method": Property("The rule that drew the geometry"),
    "quote": Property("The sentence that says so"),
    "quote_start": Property("Where the quote begins in the report, code points", int),
    "quote_end": Property("Where the quote ends in the report, code points", int),
    "lang": _words("The report's language", Language),
    "report_id": Property("Id of the report"),
    "report_url": _optional("Address of the report"),
    "report_title": _optional("Title of the report"),
    "publisher": Property("Who published the report"),
    "independent_sources": Property("Voices that say so; reprints of one briefing are one", int),
    "citation": Property("Publisher, title, day and address"),
    "claim_id": Property("Id of the claim"),
}
