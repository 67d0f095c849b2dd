"""The pictures and numbers of docs/phrases.md are what the code draws and uses today."""

import pytest

from app.domain.vocabulary import Relation
from docs.pictures import DOCS, PICTURES, Picture, atlas, svg, with_numbers

ATLAS = atlas()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: p.name)
def test_picture_is_what_is_drawn(picture: Picture) -> None:
    assert (DOCS / "img" / f"{picture.name}.svg").read_text(encoding="utf-8") == svg(picture, ATLAS)


def test_every_relation_has_a_picture_and_every_picture_a_place_in_the_page() -> None:
    page = (DOCS / "phrases.md").read_text(encoding="utf-8")
    assert {p.relation for p in PICTURES} == set(Relation)
    assert [p.name for p in PICTURES if f"(img/{p.name}.svg)" not in page] == []


def test_numbers_in_the_page_are_those_of_the_rules() -> None:
    page = (DOCS / "phrases.md").read_text(encoding="utf-8")
    assert with_numbers(page) == page
