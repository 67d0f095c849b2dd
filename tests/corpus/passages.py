"""The marked passages of this folder, as what the evaluation compares with; README.md says how they are marked."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from app.domain.report import Report
from app.domain.text import Span
from app.domain.vocabulary import Actor, Compass, Relation, SpeakerSide
from app.ingest.marks import Anchor, Atom, ClaimAtom, Marked, MarkedMention, name_key, spread

HERE = Path(__file__).parent
LANGUAGES = ("en", "uk", "ru")
DAY = date(2023, 9, 1)
UNPLACED = ("~", "-")
KM_PER_MILE = 1.609344

_TOKEN = re.compile(r"\{(?P<surface>[^{}:]+)(?::(?P<key>[^{}]+))?\}|\[(?P<head>[^\]|]+)\||\]")
_DISTANCE = re.compile(r"(\d+(?:\.\d+)?)(km|mi)")
_CLAIM = re.compile(
    r"= (?P<event>\w+) (?P<actor>\w+), (?P<side>\w+) (?P<status>\w+), (?P<days>\S+)(?: @(?P<at>[\d,]+))?"
)
_EVENT_CLASSES = {
    "attack_repelled": "repelled",
    "control_change": "control",
    "drone_strike": "air",
    "air_strike": "air",
    "missile_strike": "missile",
    "assault": "ground",
    "clash": "ground",
    "casualties": "other",
}
_STATUSES = {"assessed": "reported", "geolocated": "confirmed"}


@dataclass(frozen=True)
class Passage:
    """One marked passage. `topics`: the name of its file, and what stands above it."""

    marked: Marked
    topics: frozenset[str]
    claims_marked: bool


@dataclass
class _Phrase:
    """An open bracket."""

    relations: tuple[Relation, ...]
    bearings: list[float | None]
    distance_km: float | None
    optional: bool
    anchors: list[tuple[Anchor, str]]

    @property
    def located(self) -> tuple[Anchor, ...]:
        """An oblast beside a settlement says which one is meant; it is no anchor of its own."""
        narrow = tuple(anchor for anchor, kind in self.anchors if kind != "oblast")
        return narrow or tuple(anchor for anchor, _ in self.anchors)

    def atoms(self) -> list[Atom]:
        told = spread(self.relations[0], self.located, self.bearings, self.distance_km)
        return [replace(atom, relations=self.relations, optional=self.optional) for atom in told]


@cache
def places() -> dict[str, tuple[Anchor, str]]:
    """Each place with its kind, by its key."""
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: (_place(row), row["kind"]) for row in csv.DictReader(file)}


def _place(row: dict[str, str]) -> Anchor:
    names = frozenset(map(name_key, row["name_uk"].split("|")))
    return Anchor(names, float(row["lat"]), float(row["lon"])) if row["lon"] else Anchor(names)


def _as_called(key: str, surface: str) -> tuple[Anchor, str]:
    """A place that was found and could not be settled is known by the words of the text alone."""
    anchor, kind = places()[key]
    return replace(anchor, names=anchor.names | {name_key(surface)}), kind


def passages() -> Iterator[Passage]:
    for lang in LANGUAGES:
        for path in sorted((HERE / lang).glob("*.txt")):
            for number, block in enumerate(re.split(r"\n{2,}", path.read_text("utf-8").strip()), 1):
                yield parse(block, lang, path.stem, number)


def parse(block: str, lang: str, topic: str, number: int = 1) -> Passage:
    """Raises ValueError for a mark that is not closed, KeyError for an unknown place, relation or bearing."""
    lines = block.split("\n")
    head = lines.pop(0)[1:].split() if lines[0].startswith("#") else []
    claims = [line for line in lines if line.startswith("= ")]
    days = [date.fromisoformat(word) for word in head if word[0].isdigit()]
    text, mentions, phrases = _unmarked("\n".join(line for line in lines if not line.startswith("= ")))
    atoms = [phrase.atoms() for phrase in phrases]
    marked = Marked(
        id=f"{lang}/{topic}/{number}",
        lang=lang,
        report=Report(text, days[0] if days else DAY, "The wire"),
        mentions=tuple(mentions),
        atoms=tuple(atom for told in atoms for atom in told),
        claims=tuple(claim for line in claims for claim in _claims(line, phrases)),
    )
    topics = frozenset({topic, *(word for word in head if not word[0].isdigit())})
    return Passage(marked, topics, bool(claims) or topic in ("claims", "styles"))


def _unmarked(marked: str) -> tuple[str, list[MarkedMention], list[_Phrase]]:
    text, end = "", 0
    mentions: list[MarkedMention] = []
    phrases: list[_Phrase] = []
    open_phrase: _Phrase | None = None
    for token in _TOKEN.finditer(marked):
        text += marked[end : token.start()]
        end = token.end()
        if token["surface"] and token["surface"].startswith("^"):
            if open_phrase is None:
                raise ValueError(f"a place referred to outside a phrase: {marked!r}")
            open_phrase.anchors.append(places()[token["surface"][1:]])
        elif token["surface"]:
            span = Span(len(text), len(text) + len(token["surface"]))
            text += token["surface"]
            key = token["key"] or token["surface"]
            mentions.append(_mention(span, token["surface"], key))
            if open_phrase and key not in UNPLACED:
                open_phrase.anchors.append(_as_called(key, token["surface"]))
        elif token["head"]:
            if open_phrase:
                raise ValueError(f"a phrase inside a phrase: {marked!r}")
            open_phrase = _phrase(token["head"])
            phrases.append(open_phrase)
        elif open_phrase is None:
            raise ValueError(f"a bracket that closes nothing: {marked!r}")
        else:
            open_phrase = None
    if open_phrase:
        raise ValueError(f"a bracket that is not closed: {marked!r}")
    return text + marked[end:], mentions, phrases


def _mention(span: Span, surface: str, key: str) -> MarkedMention:
    if key in UNPLACED:
        return MarkedMention(span, surface, literal=False, optional=key == "-")
    place, _ = places()[key]
    return MarkedMention(span, surface, True, place if place.lat is not None else None)


def _phrase(head: str) -> _Phrase:
    relations, *details = head.lstrip("?").split()
    distance = next((found for detail in details if (found := _DISTANCE.fullmatch(detail))), None)
    winds = [wind for detail in details if not _DISTANCE.fullmatch(detail) for wind in detail.split(",")]
    return _Phrase(
        relations=tuple(Relation("operational_direction" if r == "direction" else r) for r in relations.split("/")),
        bearings=[Compass(wind).degrees for wind in winds],
        distance_km=float(distance[1]) * (KM_PER_MILE if distance[2] == "mi" else 1) if distance else None,
        optional=head.startswith("?"),
        anchors=[],
    )


def _claims(line: str, phrases: list[_Phrase]) -> Iterator[ClaimAtom]:
    told = _CLAIM.fullmatch(line)
    if told is None:
        raise ValueError(f"no claim: {line!r}")
    start, _, end = told["days"].partition("..")
    chosen = [phrases[int(number) - 1] for number in told["at"].split(",")] if told["at"] else phrases
    for anchor in dict.fromkeys(anchor for phrase in chosen for anchor in phrase.located):
        yield ClaimAtom(
            event=_EVENT_CLASSES.get(told["event"], told["event"]),
            anchor=anchor,
            actor=Actor(told["actor"]),
            side=SpeakerSide(told["side"]),
            status=_STATUSES.get(told["status"], told["status"]),
            start=date.fromisoformat(start),
            end=date.fromisoformat(end or start),
        )
