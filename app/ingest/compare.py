"""When what was read is what was marked: places, relations at places, and who goes with whom."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from app.domain.feature import Understanding
from app.domain.place import Place
from app.domain.reading import Mention
from app.domain.vocabulary import Compass, Relation
from app.ingest.marks import Anchor, Atom, name_key, spread

A = TypeVar("A")
B = TypeVar("B")

_BLURRED = frozenset({Relation.AT, Relation.NEAR, Relation.OUTSKIRTS, Relation.TOWARD})
_BEARING_TOLERANCE = 23
"""Degrees: one wind of sixteen either way."""


def pair(marked: Sequence[A], read: Sequence[B], same: Callable[[A, B], bool]) -> list[tuple[int, int]]:
    """Index pairs, one to one: each marked one with the first free one that fits."""
    free = dict.fromkeys(range(len(read)))
    pairs = []
    for i, wanted in enumerate(marked):
        j = next((j for j in free if same(wanted, read[j])), None)
        if j is not None:
            del free[j]
            pairs.append((i, j))
    return pairs


def left(pairs: list[tuple[int, int]], marked: int, read: int) -> tuple[list[int], list[int]]:
    """What no pair holds: of the marked, of the read."""
    return sorted(set(range(marked)) - {i for i, _ in pairs}), sorted(set(range(read)) - {j for _, j in pairs})


def read_atoms(understanding: Understanding) -> list[list[Atom]]:
    """The atoms of each expression read, parallel to the reading's expressions."""
    mentions = zip(understanding.reading.mentions, understanding.resolutions, strict=True)
    anchors = [_read_anchor(mention, resolution.place) for mention, resolution in mentions]
    return [
        spread(e.relation, tuple(anchors[i] for i in e.anchors), _degrees(e.compass), e.distance_km)
        for e in understanding.reading.expressions
    ]


def _degrees(winds: tuple[Compass, ...]) -> list[float | None]:
    return [wind.degrees for wind in winds]


def _read_anchor(mention: Mention, place: Place | None) -> Anchor:
    if place is None:
        return Anchor(frozenset({name_key(mention.surface)}))
    names = (place.name, place.name_uk) if place.name_uk else (place.name,)
    lon, lat = place.point or (None, None)
    return Anchor(frozenset(map(name_key, names)), lat, lon)


def blurred(atom: Atom) -> Atom:
    return replace(atom, relations=tuple("place" if r in _BLURRED else r for r in atom.relations))


def same_atom(marked: Atom, read: Atom) -> bool:
    if not set(marked.relations) & set(read.relations) or len(marked.anchors) != len(read.anchors):
        return False
    if read.relations == (Relation.AXIS,):
        if not all(any(same_anchor(m, r) for r in read.anchors) for m in marked.anchors):
            return False
    elif not all(map(same_anchor, marked.anchors, read.anchors)):
        return False
    if marked.bearing is not None and (read.bearing is None or _angle(marked.bearing, read.bearing) > 23):
        return False
    if marked.distance_km and set(marked.relations) & {Relation.BEARING, Relation.DISTANCE}:
        allowed = 0.1 * marked.distance_km + 0.5
        return bool(read.distance_km) and abs((read.distance_km or 0) - marked.distance_km) <= allowed
    return True


def same_anchor(marked: Anchor, read: Anchor) -> bool:
    if marked.lat is None or marked.lon is None or read.lat is None or read.lon is None:
        return bool(marked.names & read.names)
    return _km(marked.lat, marked.lon, read.lat, read.lon) <= marked.within_km


def _angle(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


def km_to(anchor: Anchor, place: Place) -> float | None:
    if anchor.lat is None or anchor.lon is None or place.lat is None or place.lon is None:
        return None
    return _km(anchor.lat, anchor.lon, place.lat, place.lon)


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance; on a sphere, which is near enough to tell 5 km from 10."""
    p, q = math.radians(lat), math.radians(other_lat)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))
