"""What a place may be told as: a point only where one can stand for it."""

import pytest

from app.domain.place import Place
from app.domain.vocabulary import PlaceKind
from app.domain.wire import place_json

POINTS = {PlaceKind.SETTLEMENT, PlaceKind.CITY, PlaceKind.FACILITY}


@pytest.mark.parametrize("kind", PlaceKind)
def test_areas_and_lines_have_no_point(kind: PlaceKind) -> None:
    told = place_json(Place("x", "Somewhere", None, None, kind, 37.5, 48.5, "UA"))
    expected = (48.5, 37.5) if kind in POINTS else (None, None)
    assert (told["lat"], told["lon"]) == expected


def test_null_island_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        Place("x", "Nowhere", None, None, PlaceKind.CITY, 0, 0, "UA")
