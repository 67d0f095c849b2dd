"""What the opened gazetteer says of places: points, outlines, neighbours, directions, guesses, search."""

import threading
from datetime import date
from pathlib import Path

import pytest
from shapely import Point

from app.domain.errors import GazetteerError
from app.domain.vocabulary import CoordinatePrecision, PlaceKind
from app.gazetteer.info import info
from app.gazetteer.layers import register
from app.gazetteer.open import Gazetteer, open_atlas
from app.gazetteer.spelling import exact

BAKHMUT = "UA14020010010059145"
UKRAINIAN_SETTLEMENTS = 29_703


@pytest.fixture(scope="module")
def units() -> list[register.Unit]:
    return [u for u in register.read() if u.category in {"M", "X", "C", "T", "K"}]


def test_every_settlement_of_the_register_is_found_by_its_name(atlas: Gazetteer, units: list[register.Unit]) -> None:
    assert len(units) == UKRAINIAN_SETTLEMENTS
    lost = [u for u in units if u.code not in _bearers(atlas, u.name)]
    assert lost == []


def _bearers(atlas: Gazetteer, name: str) -> set[str]:
    hits = atlas.scan(name)
    whole = [h for h in hits if exact(name[h.start : h.end]) == exact(name)]
    return {r.place_id for h in whole for r in h.references}


def test_every_settlement_has_a_point_and_says_how_good_it_is(
    atlas: Gazetteer, units: list[register.Unit], gazetteer_path: Path
) -> None:
    for unit in units:
        place = atlas.place(unit.code)
        assert place.lon is not None
        assert (place.uncertainty_m == 0) is (place.precision is CoordinatePrecision.EXACT)
    known = info(gazetteer_path)
    assert known.settlements == UKRAINIAN_SETTLEMENTS == sum(known.precision.values())
    assert known.layers["settlements"] >= 1_800
    assert known.imports == ()


def test_settlements_lie_in_the_oblast_of_their_code(atlas: Gazetteer, units: list[register.Unit]) -> None:
    outside = 0
    for unit in units:
        place = atlas.place(unit.code)
        outline = atlas.area(place.oblast_id or place.id)
        assert outline is not None
        assert place.lon is not None and place.lat is not None
        outside += not outline.covers(Point(place.lon, place.lat))
    assert outside / len(units) <= 0.005


@pytest.mark.parametrize("name", ["Сімферополь", "Севастополь", "Керч"])
def test_crimea_is_ukraine(atlas: Gazetteer, name: str) -> None:
    places = [m.place for m in atlas.search(name, 1)]
    assert [p.country for p in places] == ["UA"]


def test_outlines_are_valid_and_rivers_are_lines(atlas: Gazetteer) -> None:
    for match in ("UA14000000000091971", "UA01000000000013043", "oblast:RU-KRS", "sea:azov", "direction:kursk"):
        area = atlas.area(match)
        assert area is not None
        assert area.is_valid
        assert "Polygon" in area.geom_type
    for river in ("dnipro", "siverskyi-donets", "oskil", "inhulets"):
        line = atlas.area(f"river:{river}")
        assert line is not None
        assert "LineString" in line.geom_type
    assert atlas.area(BAKHMUT) is None


def test_an_unknown_place_is_a_key_error(atlas: Gazetteer) -> None:
    with pytest.raises(KeyError):
        atlas.place("UA00000000000000000")


def test_directions_have_their_days(atlas: Gazetteer) -> None:
    assert [d.slug for d in atlas.directions(BAKHMUT, date(2023, 7, 12))] == ["bakhmut"]
    assert atlas.directions(BAKHMUT, date(2022, 2, 24)) == []
    assert [d.slug for d in atlas.directions("direction:prydniprovskyi", date(2025, 1, 1))] == ["prydniprovskyi"]
    (shakhtarske,) = [m for m in _direction_bearers(atlas, "Шахтарському") if m.startswith("UA1404")]
    assert atlas.place(shakhtarske).name == "Shakhtarske"


def _direction_bearers(atlas: Gazetteer, adjective: str) -> set[str]:
    (hit,) = atlas.scan(adjective)
    return {r.place_id for r in hit.references}


def test_towns_around_come_nearest_first(atlas: Gazetteer) -> None:
    names = [p.name for p in atlas.towns(38.0, 48.59, 15)]
    assert names[0] == "Bakhmut"
    assert "Chasiv Yar" in names
    assert "Kostiantynivka" not in names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Адіївці", "Авдіївка"), ("Bahmut", "Бахмут"), ("Adeevka", "Авдіївка"), ("Kramatorks", "Краматорськ")],
)
def test_a_typing_error_is_guessed(atlas: Gazetteer, typed: str, meant: str) -> None:
    assert meant in {atlas.place(r.place_id).name_uk for r in atlas.guess(typed)}


@pytest.mark.parametrize("word", ["Reuters", "Zelensky", "Telegram", "of", "Перемовини"])
def test_what_is_no_name_is_not_guessed(atlas: Gazetteer, word: str) -> None:
    assert atlas.guess(word) == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Бахм", "Bakhmut"),
        ("bakhmut", "Bakhmut"),
        ("Артёмовск", "Bakhmut"),
        ("kupyan", "Kupiansk"),
        ("Авдеев", "Avdiivka"),
        ("Час Яр", "Chasiv Yar"),
        ("Bakhmt", "Bakhmut"),
        ("zaporozhye", "Zaporizhzhia"),
        ("ZNPP", "Zaporizhzhia Nuclear Power Plant"),
        ("харківська область", "Kharkiv Oblast"),
    ],
)
def test_search_as_one_types(atlas: Gazetteer, typed: str, first: str) -> None:
    assert atlas.search(typed, 5)[0].place.name == first


def test_search_tells_namesakes_apart(atlas: Gazetteer) -> None:
    found = atlas.search("Андріївка", 10)
    assert len({m.within for m in found}) >= 8
    assert all("Oblast" in m.within for m in found)


@pytest.mark.parametrize(
    ("typed", "within"),
    [
        ("Andriivka Donetsk", "Donetsk Oblast"),
        ("Андріївка Харків", "Kharkiv Oblast"),
        ("Андреевка Сумс", "Sumy Oblast"),
    ],
)
def test_words_after_the_name_say_where(atlas: Gazetteer, typed: str, within: str) -> None:
    first = atlas.search(typed, 10)[0]
    assert (first.place.name, within in first.within) == ("Andriivka", True)
    assert atlas.search("Andriivka Kalmykia", 5) == []


def test_namesakes_without_a_name_are_not_found(atlas: Gazetteer) -> None:
    assert atlas.search("''", 5) == []
    assert atlas.search("хкщжцъ", 5) == []


def test_places_of_kinds_other_than_settlements_are_known(atlas: Gazetteer) -> None:
    kinds = {atlas.place(r.place_id).kind for h in atlas.scan("Dnipro River, Donbas, Poland") for r in h.references}
    assert {PlaceKind.RIVER, PlaceKind.REGION, PlaceKind.COUNTRY} <= kinds


def test_many_threads_read_one_gazetteer(gazetteer_path: Path) -> None:
    shared, answers = open_atlas(gazetteer_path), []

    def read() -> None:
        answers.append(len(shared.scan("Бахмут, Авдіївка і Часів Яр")))

    threads = [threading.Thread(target=read) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [3] * 16


def test_what_is_no_gazetteer_says_so(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="There is no gazetteer"):
        open_atlas(tmp_path / "none.sqlite")
    (tmp_path / "text.sqlite").write_text("not a database at all, but long enough to be read as one" * 20)
    with pytest.raises(GazetteerError, match="is no gazetteer"):
        open_atlas(tmp_path / "text.sqlite")
