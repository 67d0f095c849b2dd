"""What a report says according to the person who marked it: the yardstick that a reading is held against.

Everything is broken into atoms (one relation at one anchor), so that a list of villages in one phrase or in several
makes no difference.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.report import Report
from app.domain.text import Span
from app.domain.vocabulary import Actor, Relation, SpeakerSide

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place as it can be compared: by distance where both sides have a point, else by the first word of a name."""

    names: frozenset[str]
    lat: float | None = None
    lon: float | None = None
    within_km: float = 5


_APOSTROPHES = str.maketrans("’ʼ", "''")


def name_key(name: str) -> str:
    """What two names of one place share: the first word, without regard to case and kind of apostrophe."""
    return name.split(maxsplit=1)[0].casefold().translate(_APOSTROPHES)


@dataclass(frozen=True, slots=True)
class Atom:
    """One relation at one anchor, or at one pair of anchors. `relations` holds more than one where each is right."""

    relations: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    bearing: float | None = None
    distance_km: float | None = None
    optional: bool = False
    """May be found or not."""


@dataclass(frozen=True, slots=True)
class MarkedMention:
    span: Span
    surface: str
    literal: bool
    place: Anchor | None = None
    """Where its place is surely known, and is a settlement."""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ClaimAtom:
    """One claim at one of its anchors (None: a claim without a place). `start` is None where no day is stated."""

    event: str
    anchor: Anchor | None
    actor: Actor
    side: SpeakerSide
    status: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A report with its marks."""

    id: str
    lang: str
    report: Report
    mentions: tuple[MarkedMention, ...]
    atoms: tuple[Atom, ...]
    claims: tuple[ClaimAtom, ...]


_RELATIONS: dict[str, Relation] = {
    "in": Relation.AT,
    "part_of": Relation.PART,
    "corridor": Relation.AXIS,
    "from_to": Relation.AXIS,
    "direction_of": Relation.OPERATIONAL_DIRECTION,
    "distance_direction": Relation.BEARING,
    **{
        f"{wind}_of": Relation.BEARING
        for wind in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
    },
}
_EVENTS = {
    "ground_assault/clashes": "ground",
    "defence/repelled_attack": "repelled",
    "advance/territorial gain": "advance",
    "capture/control_change": "control",
    "withdrawal": "withdrawal",
    "shelling/artillery_strike": "shelling",
    "air_or_drone_strike": "air",
    "missile_strike": "missile",
    "casualties/other": "other",
}
_STATUSES = {
    "claimed": "claimed",
    "reported_unverified": "reported",
    "confirmed/geolocated": "confirmed",
    "denied": "denied",
}
_SURE = ("settlement", "city")
_OBLAST_KM = 120
"""Between two ideas of where an oblast's middle is."""


def read_marked(folder: Path, ids: frozenset[str] = frozenset()) -> Iterator[Marked]:
    """The marked reports of `folder`: reports/NNN.json and annotations/NNN.json; only `ids`, where any are given."""
    for path in sorted((folder / "reports").glob("*.json")):
        given = json.loads(path.read_text("utf-8"))
        if not ids or given["id"] in ids:
            annotation = json.loads((folder / "annotations" / path.name).read_text("utf-8"))
            yield _marked(given, annotation)


def _marked(given: Json, annotation: Json) -> Marked:
    report = Report(
        text=given["text"],
        published=date.fromisoformat(given["published"]),
        publisher=given.get("outlet") or "",
        title=given.get("title"),
        url=given.get("address"),
    )
    points = _points_by_name(annotation["mentions"])
    phrases = [_atoms(phrase, points) for phrase in annotation["spatial"]]
    day = given.get("published_precision", "day") == "day"
    return Marked(
        id=given["id"],
        lang=given["lang"],
        report=report,
        mentions=tuple(_mention(mention) for mention in annotation["mentions"]),
        atoms=tuple(atom for atoms in phrases for atom in atoms),
        claims=tuple(atom for claim in annotation["claims"] for atom in _claim(claim, phrases, day)),
    )


def _points_by_name(mentions: list[Json]) -> dict[str, Json]:
    places = [mention["place"] for mention in mentions if (mention.get("place") or {}).get("lat") is not None]
    return {place["name"]: place for place in reversed(places)}


def _mention(given: Json) -> MarkedMention:
    place = given.get("place") or {}
    sure = given["type"] in _SURE and str(place.get("confidence", "")).startswith("high")
    span = Span(given["start"], given["end"])
    return MarkedMention(span, given["surface"], given["literal"], _anchor(place["name"], place) if sure else None)


def _anchor(name: str | None, point: Json) -> Anchor:
    within = _OBLAST_KM if name and "blast" in name else 5
    return Anchor(frozenset([name_key(name)] if name else ()), point.get("lat"), point.get("lon"), within)


def _atoms(phrase: Json, points: dict[str, Json]) -> list[Atom]:
    told = str(phrase["relation"])
    relation = _RELATIONS.get(told) or Relation(told)
    if told == "distance_direction" and not phrase.get("bearing_deg"):
        relation = Relation.DISTANCE
    anchors = tuple(
        _anchor(a.get("place"), a if a.get("lat") is not None else points.get(a.get("place", ""), {}))
        for a in phrase["anchors"]
    )
    bearings = phrase.get("bearing_deg") or [None]
    bearings = bearings if isinstance(bearings, list) else [bearings]
    return spread(relation, anchors, bearings, phrase.get("distance_km"))


def spread(
    relation: Relation, anchors: tuple[Anchor, ...], bearings: list[float | None], distance_km: float | None
) -> list[Atom]:
    """The atoms of one phrase: a pair for a corridor, else each anchor with each bearing."""
    if relation in (Relation.BETWEEN, Relation.AXIS):
        return [Atom((relation,), anchors)]
    told = (bearings or [None]) if relation in (Relation.BEARING, Relation.PART) else [None]
    return [Atom((relation,), (anchor,), bearing, distance_km) for anchor in anchors for bearing in told]


def anchors_of(phrases: list[list[Atom]]) -> tuple[Anchor | None, ...]:
    """Where a claim is placed. A bearing with a distance explains another place wherever there is one: a gloss."""
    atoms = [atom for phrase in phrases for atom in phrase]
    plain = [atom for atom in atoms if not (atom.relations == (Relation.BEARING,) and atom.distance_km)]
    return tuple(dict.fromkeys(anchor for atom in plain or atoms for anchor in atom.anchors)) or (None,)


def _claim(given: Json, phrases: list[list[Atom]], day: bool) -> Iterator[ClaimAtom]:
    dated = day and given["date_precision"] == "day"
    for anchor in anchors_of([phrases[i] for i in given["spatial"]]):
        yield ClaimAtom(
            event=_EVENTS[given["event_type"]],
            anchor=anchor,
            actor=Actor(given["actor"]),
            side=SpeakerSide(given["claimed_by"]["side"]),
            status=_STATUSES[given["verification"]],
            start=date.fromisoformat(given["date_from"]) if dated else None,
            end=date.fromisoformat(given["date_to"]) if dated else None,
        )
