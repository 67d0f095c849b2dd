"""Every row of the table of footprints, on real places."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely import Point

from app.domain.interpretation import Footprint, NoFootprint
from app.domain.place import OperationalDirection, Place
from app.domain.vocabulary import (
    Compass,
    CoordinatePrecision,
    FeatureKind,
    GeoPrecision,
    MentionOutcome,
    PlaceKind,
    Relation,
)
from app.drawing.draw import DRAWERS
from app.drawing.rivers import bank_of
from app.drawing.rules import RULES_VERSION
from app.drawing.shapes import length_km
from tests.atlas import TableAtlas
from tests.drawn import drawn, footprint, unresolved

ATLAS = TableAtlas()
SOUTH_OF_BAKHMUT = ["opytne", "klishchiivka", "odradivka", "andriivka", "kurdiumivka", "bila_hora", "ozarianivka"]


def where(key: str) -> tuple[float, float]:
    place = ATLAS.place(key)
    assert place.lon is not None and place.lat is not None
    return place.lon, place.lat


def spot(key: str) -> Point:
    return Point(where(key))


def test_every_relation_has_its_drawer() -> None:
    assert set(DRAWERS) == set(Relation)


def test_settlement_is_a_point_with_its_radius() -> None:
    point = footprint(Relation.AT, "bakhmut")
    assert point.kind is FeatureKind.POINT
    assert point.geometry == spot("bakhmut")
    assert point.uncertainty_m == pytest.approx(14.5 * 71094**0.5, abs=1)
    assert (point.geo_precision, point.rules_version) == (GeoPrecision.EXACT, RULES_VERSION)


@pytest.mark.parametrize("precision", [CoordinatePrecision.HROMADA, CoordinatePrecision.RAION])
def test_coarse_coordinate_is_an_area_and_never_a_point(precision: CoordinatePrecision) -> None:
    coarse = replace(ATLAS.place("opytne"), precision=precision, uncertainty_m=12_000.0)
    area = footprint(Relation.AT, coarse)
    assert area.kind is FeatureKind.SECTOR
    assert area.uncertainty_m >= 12_000
    assert area.geometry.contains(spot("klishchiivka"))


@pytest.mark.parametrize("outcome", [MentionOutcome.AMBIGUOUS, MentionOutcome.UNKNOWN, MentionOutcome.OUT_OF_THEATRE])
@pytest.mark.parametrize("relation", list(Relation))
def test_unresolved_anchor_draws_nothing_and_says_why(relation: Relation, outcome: MentionOutcome) -> None:
    result = drawn(relation, unresolved(outcome), "bakhmut", compass=(Compass.S,), distance_km=5)
    nothing = [r for r in result if 0 in r.anchors]
    assert nothing
    assert all(isinstance(r, NoFootprint) and r.reason for r in nothing)


@pytest.mark.parametrize(("key", "km"), [("klishchiivka", 5), ("bakhmut", 10), ("kyiv", 24.9)])
def test_near_is_a_disc_by_size_of_place(key: str, km: float) -> None:
    disc = footprint(Relation.NEAR, key)
    assert disc.uncertainty_m == pytest.approx(km * 1000, rel=0.01)
    assert disc.geometry.contains(spot(key))


def test_outskirts_are_a_ring_and_a_bearing_takes_half_of_it() -> None:
    ring = footprint(Relation.OUTSKIRTS, "bakhmut")
    north, south = drawn(Relation.OUTSKIRTS, "bakhmut", compass=(Compass.N, Compass.S))
    assert isinstance(north, Footprint) and isinstance(south, Footprint)
    assert not ring.geometry.contains(spot("bakhmut"))
    assert north.geometry.area == pytest.approx(ring.geometry.area / 2, rel=0.01)
    assert north.geometry.intersection(south.geometry).area < ring.geometry.area / 100
    assert north.geometry.centroid.y > south.geometry.centroid.y


def test_south_of_bakhmut_holds_what_reports_mean_by_it() -> None:
    south = footprint(Relation.BEARING, "bakhmut", compass=(Compass.S,))
    assert [key for key in SOUTH_OF_BAKHMUT if not south.geometry.contains(spot(key))] == []
    assert not south.geometry.contains(spot("khromove"))
    assert not south.geometry.contains(spot("berkhivka"))


def test_wedge_is_cut_before_the_next_place_of_like_size() -> None:
    cut = footprint(Relation.BEARING, "bakhmut", compass=(Compass.S,))
    places = {k: p for k, p in ATLAS.places.items() if k not in ("horlivka", "toretsk", "donetsk_city", "avdiivka")}
    uncut = footprint(Relation.BEARING, "bakhmut", compass=(Compass.S,), atlas=TableAtlas(places=places))
    assert not cut.geometry.contains(spot("horlivka"))
    assert uncut.geometry.contains(spot("horlivka"))
    assert uncut.probability == 0.75
    assert cut.probability is not None
    assert 0.4 < cut.probability < 0.75


def test_wedge_ends_at_the_sea() -> None:
    """Two kilometres beyond the mapped shore, for the map is coarse."""
    atlas = TableAtlas()
    atlas.aliases["Чорне море"] = atlas.references("Black Sea")
    skadovsk = replace(ATLAS.place("oleshky"), lon=32.91, lat=46.21, population=17_000)
    dry = footprint(Relation.BEARING, skadovsk, compass=(Compass.S,), atlas=atlas)
    wet = footprint(Relation.BEARING, skadovsk, compass=(Compass.S,))
    assert dry.geometry.bounds[1] == pytest.approx(46.2 - 2 / 111.2, abs=0.002)
    assert wet.geometry.bounds[1] < 46.0
    assert dry.uncertainty_m < wet.uncertainty_m


def test_north_and_south_are_two_footprints() -> None:
    north, south = drawn(Relation.BEARING, "bakhmut", compass=(Compass.N, Compass.S))
    assert isinstance(north, Footprint) and isinstance(south, Footprint)
    assert (north.compass, south.compass) == (Compass.N, Compass.S)
    assert north.geometry.contains(spot("soledar")) and not south.geometry.contains(spot("soledar"))


def test_list_of_anchors_is_one_footprint_each() -> None:
    result = drawn(Relation.NEAR, "opytne", unresolved(), "andriivka")
    assert [r.anchors for r in result] == [(0,), (1,), (2,)]
    assert [isinstance(r, Footprint) for r in result] == [True, False, True]


@pytest.mark.parametrize(
    ("compass", "distance_km", "village"),
    [(Compass.SSW, 7.6, "klishchiivka"), (Compass.S, 10, "andriivka"), (Compass.SW, 16, "bila_hora")],
)
def test_annular_wedge_holds_the_village_its_gloss_describes(
    compass: Compass, distance_km: float, village: str
) -> None:
    area = footprint(Relation.BEARING, "bakhmut", compass=(compass,), distance_km=distance_km)
    assert area.geometry.contains(spot(village))
    assert not area.geometry.contains(spot("bakhmut"))
    assert area.method == "annular_wedge"


def test_distance_without_bearing_is_a_ring() -> None:
    ring = footprint(Relation.DISTANCE, "bakhmut", distance_km=10)
    assert ring.geometry.contains(spot("odradivka"))
    assert not ring.geometry.contains(spot("opytne"))
    assert ring.uncertainty_m == pytest.approx(11_000, rel=0.01)


def test_between_ends_at_the_boundaries_and_an_axis_at_the_centres() -> None:
    between = footprint(Relation.BETWEEN, "bakhmut", "kostiantynivka")
    axis = footprint(Relation.AXIS, "bakhmut", "kostiantynivka")
    assert between.geometry.contains(spot("chasiv_yar")) and axis.geometry.contains(spot("chasiv_yar"))
    near_bakhmut = Point(37.99, 48.593)
    assert axis.geometry.contains(near_bakhmut) and not between.geometry.contains(near_bakhmut)
    assert (axis.anchors, axis.geo_precision, axis.probability) == ((0, 1), GeoPrecision.BETWEEN, 0.82)


def test_line_is_two_kilometres_to_either_side() -> None:
    line = footprint(Relation.AXIS, "bakhmut", "kostiantynivka", part="line")
    width_km = line.geometry.area / line.geometry.minimum_rotated_rectangle.area
    assert width_km > 0.9
    assert line.geometry.area < footprint(Relation.AXIS, "bakhmut", "kostiantynivka").geometry.area


def test_axis_of_three_is_a_strip_for_each_leg() -> None:
    assert [r.anchors for r in drawn(Relation.AXIS, "soledar", "bakhmut", "horlivka")] == [(0, 1), (1, 2)]


def test_axis_with_an_unknown_end_is_not_drawn() -> None:
    [nothing] = drawn(Relation.AXIS, "bakhmut", unresolved())
    assert isinstance(nothing, NoFootprint)
    assert nothing.anchors == (0, 1)


def test_toward_leaves_out_the_place_itself() -> None:
    approaches = footprint(Relation.TOWARD, "bakhmut")
    assert not approaches.geometry.contains(spot("bakhmut"))
    assert approaches.geometry.contains(spot("klishchiivka"))
    assert approaches.geo_precision is GeoPrecision.RELATIVE


def test_oblast_is_its_polygon_and_its_parts_are_within() -> None:
    oblast = footprint(Relation.AT, "donetsk")
    assert oblast.geo_precision is GeoPrecision.OBLAST
    assert oblast.geometry.equals(ATLAS.outlines["donetsk"])
    for compass in Compass:
        part = footprint(Relation.PART, "donetsk", compass=(compass,))
        share = 0.25 if compass.winds == 8 else 0.5
        assert part.geometry.area == pytest.approx(oblast.geometry.area * share)
        assert part.compass is compass
    assert footprint(Relation.BEARING, "donetsk", compass=(Compass.N,)).geometry.contains(spot("bakhmut"))


def test_so_many_kilometres_from_an_oblast_lies_outside_of_it() -> None:
    band = footprint(Relation.BEARING, "donetsk", compass=(Compass.W,), distance_km=20)
    assert not band.geometry.intersects(ATLAS.outlines["donetsk"].buffer(-0.01))
    assert band.geometry.centroid.x < 36.5


@pytest.mark.parametrize(
    ("part", "inside", "outside"), [("left_bank", "oleshky", "kherson_city"), ("right_bank", "kherson_city", "oleshky")]
)
def test_banks_of_an_oblast_follow_the_river(part: str, inside: str, outside: str) -> None:
    atlas = TableAtlas()
    atlas.aliases["Дніпро"] = atlas.references("Dnipro")
    bank = footprint(Relation.PART, "kherson", part=part, atlas=atlas)
    assert bank.geometry.contains(spot(inside))
    assert not bank.geometry.contains(spot(outside))


def test_bank_of_a_town_is_the_part_beyond_the_river() -> None:
    at_river = replace(ATLAS.place("kherson_city"), lon=32.62, lat=46.65)
    left = footprint(Relation.PART, at_river, "dnipro", part="left_bank")
    right = footprint(Relation.PART, at_river, "dnipro", part="right_bank")
    assert left.geometry.centroid.y < 46.65 < right.geometry.centroid.y
    assert left.geometry.intersection(right.geometry).area < left.geometry.area / 1000
    [nothing] = drawn(Relation.PART, "bakhmut", part="left_bank")
    assert isinstance(nothing, NoFootprint)


def test_bank_of_a_named_river_divides_the_oblast() -> None:
    bank = footprint(Relation.PART, "dnipro", "kherson", part="left_bank")
    assert bank.geometry.contains(spot("oleshky")) and not bank.geometry.contains(spot("kherson_city"))


def test_river_is_drawn_only_where_something_tells_which_reach() -> None:
    [nothing] = drawn(Relation.ALONG, "dnipro")
    assert isinstance(nothing, NoFootprint)
    reach = footprint(Relation.ALONG, "dnipro", told_with=("kherson_city",))
    west, _, east, _ = reach.geometry.bounds
    assert east - west < 1.2
    [in_oblast, *_] = drawn(Relation.ALONG, "dnipro", "kherson")
    assert isinstance(in_oblast, Footprint)
    assert in_oblast.geometry.bounds[2] < 34.8


def test_one_bank_of_a_reach() -> None:
    both = footprint(Relation.ALONG, "dnipro", told_with=("kherson_city",))
    left = footprint(Relation.ALONG, "dnipro", part="left_bank", told_with=("kherson_city",))
    east = footprint(Relation.ALONG, "dnipro", compass=(Compass.E,), told_with=("kherson_city",))
    assert left.geometry.area == pytest.approx(both.geometry.area / 2, rel=0.1)
    assert left.geometry.centroid.y < both.geometry.centroid.y
    assert east.geometry.equals(left.geometry)


@pytest.mark.parametrize("key", ["black_sea", "ukraine", "dnipro"])
def test_seas_countries_and_rivers_place_nothing_unless_asked_for(key: str) -> None:
    [nothing] = drawn(Relation.AT, key)
    assert isinstance(nothing, NoFootprint)
    assert footprint(Relation.AT, key, asked=True).kind is FeatureKind.SECTOR


def test_coast_is_drawn_only_by_the_places_told_of() -> None:
    [nothing] = drawn(Relation.ALONG, "black_sea")
    assert isinstance(nothing, NoFootprint)
    coast, *_ = drawn(Relation.ALONG, "black_sea", "kherson")
    assert isinstance(coast, Footprint)
    assert coast.geometry.intersects(Point(33.0, 46.2))
    assert coast.geometry.bounds[0] > 31


def test_edge_of_an_oblast_is_a_strip_on_its_own_side() -> None:
    edge = footprint(Relation.ALONG, "luhansk")
    assert edge.geometry.contains(Point(40.19, 49.0))
    assert not edge.geometry.contains(Point(39.6, 49.0))
    assert ATLAS.outlines["luhansk"].buffer(1e-6).contains(edge.geometry)


def test_common_border_of_two_oblasts() -> None:
    strip = footprint(Relation.BETWEEN, "donetsk", "luhansk")
    assert strip.geometry.contains(Point(39.1, 48.5))
    assert strip.geometry.bounds[2] < 39.5
    [nothing] = drawn(Relation.BETWEEN, "kherson", "luhansk")
    assert isinstance(nothing, NoFootprint)


def registered(area: shapely.Polygon | None, until: date | None = None) -> OperationalDirection:
    return OperationalDirection(
        "bakhmut",
        "Bakhmut direction",
        "Бахмутський напрямок",
        "Бахмутское направление",
        date(2022, 5, 1),
        until,
        "bakhmut",
        area,
    )


def test_operational_direction_is_the_registers_area_of_the_day() -> None:
    area = shapely.box(37.7, 48.4, 38.2, 48.8)
    atlas = TableAtlas(register=(registered(area),))
    assert footprint(Relation.OPERATIONAL_DIRECTION, "bakhmut", atlas=atlas).geometry.equals(area)
    over = TableAtlas(register=(registered(area, until=date(2023, 1, 1)),))
    disc = footprint(Relation.OPERATIONAL_DIRECTION, "bakhmut", atlas=over)
    assert (disc.method, disc.geo_precision) == ("direction_disc", GeoPrecision.RELATIVE)
    assert disc.uncertainty_m == pytest.approx(20_000, rel=0.01)


def test_raion_without_outline_or_extent_is_not_drawn() -> None:
    raion = Place("r", "Bakhmut Raion", None, None, PlaceKind.RAION, 38.0, 48.6, "UA")
    [nothing] = drawn(Relation.AT, raion)
    assert isinstance(nothing, NoFootprint)


def test_wedge_of_a_coarse_place_is_widened_by_the_doubt() -> None:
    coarse = replace(ATLAS.place("bakhmut"), precision=CoordinatePrecision.HROMADA, uncertainty_m=8_000.0)
    exact = footprint(Relation.BEARING, "bakhmut", compass=(Compass.SW,), distance_km=10)
    wide = footprint(Relation.BEARING, coarse, compass=(Compass.SW,), distance_km=10)
    assert wide.geometry.contains(exact.geometry)
    assert wide.probability is None


def test_distances_are_those_of_the_ellipsoid() -> None:
    assert length_km((0.5, 0.0), (1.5, 0.0)) == pytest.approx(111.3195, abs=0.0005)


GEODATA = Path(__file__).parents[3] / "geodata"


@pytest.mark.parametrize(
    ("river", "left", "right"),
    [
        ("river:dnipro", [(32.73, 46.63), (32.52, 46.52), (31.6, 46.5), (35.2, 47.78), (30.79, 50.51)], "Kherson"),
        ("river:dnipro", [(33.48, 46.81), (34.8, 46.17)], "Beryslav"),
        ("river:siverskyi-donets", [(37.8, 48.98), (38.49, 48.95)], "Kramatorsk"),
        ("river:oskil", [(38.15, 49.41)], "Izium"),
    ],
)
def test_mapped_rivers_run_downstream(river: str, left: list[tuple[float, float]], right: str) -> None:
    """Else left and right bank would be confused: Oleshky, Hola Prystan, Kinburn, Brovary … lie on left banks."""
    elsewhere = {
        "Kherson": (32.61, 46.66),
        "Beryslav": (33.43, 46.84),
        "Kramatorsk": (37.58, 48.74),
        "Izium": (37.26, 49.2),
    }
    features = json.loads((GEODATA / "waters.geojson").read_text(encoding="utf-8"))["features"]
    [line] = [shapely.geometry.shape(f["geometry"]) for f in features if f["id"] == river]
    country = shapely.box(30, 44, 42, 52)
    bank = bank_of(country, line, left=True)
    assert all(bank.contains(Point(at)) for at in left)
    assert bank_of(country, line, left=False).contains(Point(elsewhere[right]))
