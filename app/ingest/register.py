"""What the gazetteer knows as GeoJSON features: its places, and the operational directions with their areas."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry

from app.domain.errors import GazetteerError
from app.domain.interpretation import Footprint, Resolution
from app.domain.place import OperationalDirection, Place
from app.domain.reading import Mention, Reading, SpatialExpression
from app.domain.text import Span
from app.domain.vocabulary import Language, MentionOutcome, Relation, Use
from app.drawing.draw import draw
from app.gazetteer.open import Gazetteer
from app.store.write.register import Registered


def entries(gazetteer: Gazetteer) -> Iterator[Registered]:
    for place in gazetteer.places():
        yield _place(place, gazetteer)
    for key, direction in gazetteer.periods():
        yield _direction(gazetteer.place(key), direction, gazetteer)


def _place(place: Place, gazetteer: Gazetteer) -> Registered:
    geometry = Point(place.point) if place.point else gazetteer.area(place.id)
    oblast, raion = (gazetteer.place(each).name if each else None for each in (place.oblast_id, place.raion_id))
    told = {
        "name": place.name,
        "name_uk": place.name_uk,
        "name_ru": place.name_ru,
        "kind": place.kind,
        "country": place.country,
        "oblast_id": place.oblast_id,
        "oblast": oblast,
        "raion_id": place.raion_id,
        "raion": raion,
        "population": place.population,
        "precision": place.precision,
        "uncertainty_m": place.uncertainty_m,
    }
    return Registered("places", place.id, geometry, _body(place.id, geometry, told))


def _direction(place: Place, direction: OperationalDirection, gazetteer: Gazetteer) -> Registered:
    drawn = _drawn(place, direction, gazetteer)
    key = f"{direction.slug}-{direction.valid_from.isoformat()}"
    settlement = place if direction.place_id else None
    told = {
        "name": direction.name,
        "name_uk": direction.name_uk,
        "name_ru": direction.name_ru,
        "valid_from": direction.valid_from.isoformat(),
        "valid_to": direction.valid_to.isoformat() if direction.valid_to else None,
        "place_id": settlement.id if settlement else None,
        "place_name": settlement.name if settlement else None,
        "uncertainty_m": drawn.uncertainty_m,
        "geo_precision": drawn.geo_precision,
        "method": drawn.method,
    }
    body = _body(key, drawn.geometry, told)
    return Registered("directions", key, drawn.geometry, body, direction.valid_from, direction.valid_to)


def _drawn(place: Place, direction: OperationalDirection, gazetteer: Gazetteer) -> Footprint:
    """As a report of its first day that names it is drawn. GazetteerError where that has no area."""
    said = Span(0, len(direction.name))
    mention = Mention(said, direction.name, Use.LITERAL, (), 0)
    expression = SpatialExpression(said, Relation.OPERATIONAL_DIRECTION, (0,), 0)
    reading = Reading(Language.EN, (), (mention,), (expression,))
    resolution = Resolution(MentionOutcome.RESOLVED, place, ())
    [drawn] = draw(expression, reading, (resolution,), gazetteer, direction.valid_from, asked=True)
    if not isinstance(drawn, Footprint):
        raise GazetteerError(f"the direction {direction.slug} has no area: {drawn.reason}")
    return drawn


def _body(key: str, geometry: BaseGeometry | None, told: Mapping[str, Any]) -> str:
    shape = mapping(geometry) if geometry else None
    members = {"type": "Feature", "id": key, "geometry": shape, "properties": told}
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
