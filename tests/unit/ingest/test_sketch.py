"""The drawing in characters keeps north up and the place in the frame."""

from shapely.geometry import box

from app.domain.place import Place
from app.domain.vocabulary import PlaceKind
from app.ingest.sketch import COLUMNS, ROWS, sketch

TOWN = Place("UA1", "Town", None, None, PlaceKind.CITY, 37.9, 48.6, "UA")


def test_an_area_south_of_a_place_is_drawn_below_it() -> None:
    lines = sketch([box(37.8, 48.4, 38.0, 48.5)], [TOWN])
    town = next(i for i, line in enumerate(lines) if "◉" in line)
    area = [i for i, line in enumerate(lines) if "·" in line]
    assert area
    assert town < min(area)
    assert len(lines) == ROWS + 1
    assert all(len(line) <= COLUMNS for line in lines[:-1])


def test_the_scale_is_the_width_in_km() -> None:
    lines = sketch([box(36.0, 48.0, 38.0, 50.0)], [])
    km = float(lines[-1].split("┘")[1].split("km")[0])
    # 222.6 km high in a frame 44:32 wide, with a margin of eight in a hundred.
    assert abs(km - 222.6 * 44 / 32 * 1.08) < 2
