"""Places and candidates as the plain objects in which every door tells them."""

from typing import Any

from app.domain.interpretation import Candidate
from app.domain.place import Place


def place_json(place: Place) -> dict[str, Any]:
    """`lat` and `lon` are null for what a point cannot stand for: an area is told by its outline."""
    lon, lat = place.point or (None, None)
    return {
        "id": place.id,
        "name": place.name,
        "name_uk": place.name_uk,
        "lat": lat,
        "lon": lon,
        "kind": place.kind,
    }


def candidate_json(candidate: Candidate) -> dict[str, Any]:
    """The score is a sum of penalties: lower is better."""
    return {**place_json(candidate.place), "score": round(candidate.score, 3), "reasons": list(candidate.reasons)}
