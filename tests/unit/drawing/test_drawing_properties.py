"""What holds of every footprint, whatever the place, the bearing and the distance."""

import json
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Polygon, mapping
from shapely.geometry.base import BaseGeometry

from app.domain.interpretation import Footprint
from app.domain.place import Place
from app.domain.vocabulary import Compass, FeatureKind, PlaceKind, Relation
from app.drawing import rules, shapes
from tests.atlas import TableAtlas
from tests.drawn import drawn, footprint

GEOD = Geod(ellps="WGS84")
BARE = TableAtlas(places={}, outlines={})
"""No neighbours, so that nothing cuts a wedge."""

DISTANCES = st.floats(0.1, 300, allow_nan=False)


@st.composite
def settlements(draw: st.DrawFn) -> Place:
    """Anywhere between the polar circles' far sides, the antimeridian and the equator included."""
    lon = draw(st.one_of(st.floats(22, 41), st.floats(-180, 180), st.sampled_from([-180.0, 179.9, 180.0, 0.0])))
    lat = draw(st.one_of(st.floats(44, 53), st.floats(-80, 80)))
    people = draw(st.one_of(st.none(), st.integers(0, 15_000_000)))
    kind = draw(st.sampled_from([PlaceKind.SETTLEMENT, PlaceKind.CITY]))
    lat = 48.0 if abs(lon) < 1e-6 and abs(lat) < 1e-6 else lat
    return Place(f"{lon} {lat}", "X", None, None, kind, lon, lat, "UA", population=people)


SINGLE = st.sampled_from(sorted(set(Relation) - {Relation.BETWEEN, Relation.AXIS, Relation.ALONG}))


def rings(geometry: BaseGeometry) -> list[Polygon]:
    return [p for p in shapely.get_parts(geometry) if isinstance(p, Polygon)]


def assert_wire_ready(result: Footprint) -> None:
    geometry = result.geometry
    assert geometry.is_valid and not geometry.is_empty
    west, south, east, north = geometry.bounds
    assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    coordinates = shapely.get_coordinates(geometry)
    assert (coordinates == coordinates.round(6)).all()
    assert not ((coordinates[:, 0] == 0) & (coordinates[:, 1] == 0)).any()
    assert all(p.exterior.is_ccw and not any(hole.is_ccw for hole in p.interiors) for p in rings(geometry))
    assert result.uncertainty_m > 0
    assert result.rules_version == rules.RULES_VERSION and result.method
    assert (result.kind is FeatureKind.POINT) == (geometry.geom_type == "Point")


@given(settlements(), SINGLE, st.sampled_from(Compass), st.one_of(st.none(), DISTANCES))
@settings(max_examples=300, deadline=None)
def test_any_footprint_of_one_place_is_ready_for_the_wire(
    place: Place, relation: Relation, compass: Compass, distance_km: float | None
) -> None:
    for result in drawn(relation, place, compass=(compass,), distance_km=distance_km, atlas=BARE):
        if isinstance(result, Footprint):
            assert_wire_ready(result)
        else:
            assert relation is Relation.DISTANCE and distance_km is None


@given(settlements(), settlements(), st.sampled_from([Relation.BETWEEN, Relation.AXIS]))
@settings(max_examples=150, deadline=None)
def test_any_corridor_is_ready_for_the_wire(one: Place, other: Place, relation: Relation) -> None:
    """Mostly too far apart, so a neighbour of the first is tried as well."""
    lon, lat, _ = GEOD.fwd(one.lon, one.lat, 50, 90_000)
    near = replace(other, id="near", lon=lon, lat=lat)
    assert isinstance(drawn(relation, one, near, atlas=BARE)[0], Footprint)
    for result in (*drawn(relation, one, other, atlas=BARE), *drawn(relation, one, near, atlas=BARE)):
        if isinstance(result, Footprint):
            assert_wire_ready(result)


@given(settlements(), st.sampled_from(Compass), st.one_of(st.none(), DISTANCES))
@settings(max_examples=200, deadline=None)
def test_a_wedge_lies_within_its_bearing_tolerance_and_its_reach(
    place: Place, compass: Compass, distance_km: float | None
) -> None:
    wedge = footprint(Relation.BEARING, place, compass=(compass,), distance_km=distance_km, atlas=BARE)
    half = rules.RANGE_HALF_ANGLE[compass.winds] if distance_km else rules.BEARING_HALF_ANGLE
    radius = rules.settlement_radius_km(place.population)
    inner, outer = rules.range_km(distance_km, radius) if distance_km else (radius, rules.bearing_reach_km(radius))
    for lon, lat in shapely.get_coordinates(wedge.geometry.segmentize(0.05)):
        azimuth, _, metres = GEOD.inv(place.lon, place.lat, lon, lat)
        if metres > 200:
            # Six decimals move a point by 0.1 m, an edge drawn straight in degrees by some metres.
            assert abs((azimuth - compass.degrees + 180) % 360 - 180) <= half + 0.5
            assert 0.99 * inner - 0.2 <= metres / 1000 <= 1.001 * outer + 0.02


@given(settlements(), st.sampled_from(Compass), DISTANCES)
@settings(max_examples=200, deadline=None)
def test_the_stated_distance_and_bearing_lie_within(place: Place, compass: Compass, distance_km: float) -> None:
    wedge = footprint(Relation.BEARING, place, compass=(compass,), distance_km=distance_km, atlas=BARE)
    for share in (0.75, 0.97, 1.15):
        lon, lat, _ = GEOD.fwd(place.lon, place.lat, compass.degrees, share * distance_km * 1000)
        assert wedge.geometry.intersects(shapely.Point(lon, lat))


@given(settlements(), st.sampled_from(Compass), DISTANCES, st.floats(1.01, 3))
@settings(max_examples=150, deadline=None)
def test_farther_is_never_nearer(place: Place, compass: Compass, distance_km: float, factor: float) -> None:
    radius = rules.settlement_radius_km(place.population)
    near, far = rules.range_km(distance_km, radius), rules.range_km(distance_km * factor, radius)
    assert near[0] <= far[0] and near[1] < far[1]
    one = footprint(Relation.BEARING, place, compass=(compass,), distance_km=distance_km, atlas=BARE)
    other = footprint(Relation.BEARING, place, compass=(compass,), distance_km=distance_km * factor, atlas=BARE)
    assert other.uncertainty_m >= one.uncertainty_m


@given(st.integers(0, 15_000_000), st.integers(0, 15_000_000))
def test_larger_places_reach_farther(one: int, other: int) -> None:
    small, large = sorted((one or 3044, other or 3044))
    assert rules.settlement_radius_km(small) <= rules.settlement_radius_km(large)
    assert rules.bearing_reach_km(rules.settlement_radius_km(small)) <= rules.bearing_reach_km(
        rules.settlement_radius_km(large)
    )


@pytest.mark.parametrize(("population", "d50"), [(5_000, 5.3), (25_000, 8.3), (75_000, 11.2), (500_000, 19.1)])
def test_the_distance_law_gives_its_published_figures(population: int, d50: float) -> None:
    assert rules.median_distance_km(rules.settlement_radius_km(population)) == pytest.approx(d50, abs=0.05)


@given(settlements(), SINGLE, st.sampled_from(Compass), DISTANCES)
@settings(max_examples=50, deadline=None)
def test_drawing_twice_gives_the_same_bytes(
    place: Place, relation: Relation, compass: Compass, distance_km: float
) -> None:
    def bytes_of() -> str:
        results = drawn(relation, place, compass=(compass,), distance_km=distance_km, atlas=BARE)
        return json.dumps([mapping(r.geometry) for r in results if isinstance(r, Footprint)])

    first = bytes_of()
    for kept in (shapes.point, shapes.polar):
        kept.cache_clear()
    assert bytes_of() == first


def test_a_disc_across_the_antimeridian_is_cut_in_two() -> None:
    islet = Place("i", "I", None, None, PlaceKind.SETTLEMENT, 179.99, 65.0, "RU")
    disc = footprint(Relation.NEAR, islet, atlas=BARE)
    assert disc.geometry.geom_type == "MultiPolygon"
    assert {round(p.bounds[0]) for p in rings(disc.geometry)} == {-180, 180}


@pytest.mark.parametrize(("lon", "lat"), [(10.0, 89.9), (1e-9, -1e-9)])
def test_nothing_is_drawn_at_a_pole_or_where_no_place_is(lon: float, lat: float) -> None:
    [nothing] = drawn(Relation.AT, Place("p", "P", None, None, PlaceKind.SETTLEMENT, lon, lat, "NO"), atlas=BARE)
    assert not isinstance(nothing, Footprint)
