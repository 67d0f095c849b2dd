"""The data files say what they must: ids of the register, today's names, three decimals, licences."""

import csv
import math
import re
from pathlib import Path

import pytest
from shapely import LineString, Point

from app.gazetteer.build import GEODATA
from app.gazetteer.layers import register
from app.gazetteer.romanise import english

ROOT = Path(__file__).resolve().parents[2]


def rows(name: str) -> list[dict[str, str]]:
    with (GEODATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    return {unit.code: unit.name.replace("’", "'") for unit in register.read()}


def test_settlements_are_the_register_s_under_today_s_names(names: dict[str, str]) -> None:
    settlements = rows("settlements.csv")
    assert 1_800 <= len(settlements) <= 2_400
    assert len({row["id"] for row in settlements}) == len(settlements)
    for row in settlements:
        assert row["name_uk"] == names[row["id"]]
        assert row["name_en"] == english(row["name_uk"])
        assert row["name_ru"]
        assert re.fullmatch(r"\d\d\.\d{3}", row["lon"])
        assert re.fullmatch(r"\d\d\.\d{3}", row["lat"])
        assert row["oblast"][:4] == row["id"][:4]
        assert row["sources"] == "COD-AB OSM" or (row["sources"] == "OSM" and row["note"])


TOWNS_KM = 25.0
"""How far from a line a town may lie and still be named; villages lie within the line's own reach."""


def test_settlements_lie_within_reach_of_where_the_line_stood() -> None:
    lines = [(_line(row["points"]), float(row["reach_km"])) for row in rows("front_lines.csv")]
    assert max(reach for _, reach in lines) <= TOWNS_KM
    for row in rows("settlements.csv"):
        point = Point(float(row["lon"]) * _SHRUNK, float(row["lat"]))
        beyond = min(line.distance(point) * _KM_PER_DEGREE - reach for line, reach in lines)
        nearest = min(line.distance(point) * _KM_PER_DEGREE for line, _ in lines)
        assert beyond <= 2 or (nearest <= TOWNS_KM and row["type"] in {"city", "settlement"}), row["name_en"]


_KM_PER_DEGREE = 111.2
_SHRUNK = math.cos(math.radians(49))


def _line(points: str) -> LineString:
    pairs = (point.split() for point in points.split("|"))
    return LineString([(float(lon) * _SHRUNK, float(lat)) for lon, lat in pairs])


def test_former_names_belong_to_known_places_and_give_reasons(names: dict[str, str]) -> None:
    for row in rows("former_names.csv"):
        assert row["place_id"] in names
        assert row["name_uk"] != names[row["place_id"]]
        assert row["reason"]
        if row["valid_from"] and row["valid_to"]:
            assert row["valid_from"] <= row["valid_to"]


def test_directions_name_a_place_or_have_an_area(names: dict[str, str]) -> None:
    directions = rows("directions.csv")
    wanted = """kupiansk lyman siversk kramatorsk sloviansk bakhmut toretsk kostiantynivka avdiivka pokrovsk marinka
        kurakhove novopavlivka vuhledar shakhtarske huliaipole orikhiv zaporizhzhia melitopol berdiansk kherson
        prydniprovskyi northern-slobozhanskyi southern-slobozhanskyi kharkiv sumy kursk oleksandrivka volyn polissia
        izium popasna sievierodonetsk donetsk kryvyi-rih pivdennobuzkyi tavriia"""
    assert set(wanted.split()) <= {row["slug"] for row in directions}
    for row in directions:
        assert row["reason"]
        assert (row["place_id"] in names) is not row["place_id"].startswith("direction:")
        assert row["place_id"] in names or float(row["radius_km"]) > 0
        assert row["valid_from"] <= (row["valid_to"] or "9999")


def test_directions_are_named_after_settlements_at_the_front() -> None:
    """A namesake far from the front would draw the direction there."""
    known = {row["id"] for row in rows("settlements.csv")}
    cities = {"kyiv", "odesa", "mykolaiv", "kryvyi-rih", "zaporizhzhia", "kharkiv", "sumy", "chernihiv", "luhansk"}
    cities |= {"melitopol", "berdiansk", "izium"}  # placed by GeoNames, and alone of their name
    named = [row for row in rows("directions.csv") if not row["place_id"].startswith("direction:")]
    far = {row["slug"] for row in named if row["place_id"] not in known} - cities
    assert not far, "named after settlements that reports of the front are not known to name"


def test_periods_of_one_direction_do_not_overlap() -> None:
    ends: dict[str, str] = {}
    for row in rows("directions.csv"):
        assert row["valid_from"] > ends.get(row["slug"], "")
        ends[row["slug"]] = row["valid_to"] or "9999"


def test_every_data_file_has_its_licence_told() -> None:
    told = (GEODATA / "README.md").read_text(encoding="utf-8")
    files = [p.name for p in GEODATA.iterdir() if p.suffix in {".csv", ".geojson"}]
    assert [name for name in files if f"`{name}`" not in told] == []
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for source in ("Natural Earth", "GeoNames", "CLDR", "KATOTTG"):
        assert source in notice
