"""What the marked passages ask for is read, resolved and found at least as well as floors.csv says.

A floor is the figure that was reached, rounded down; raise it when reading gets better. Each line of floors.csv is a
group of passages (a topic, or `all`) and a measure; a failure lists what went wrong in that group.
"""

import re
from collections import Counter

import pytest

from app.domain.place import Atlas
from app.domain.vocabulary import Relation
from tests.corpus.counting import Floor, Tallies, count, figure, floors
from tests.corpus.passages import LANGUAGES, passages


@pytest.fixture(scope="module")
def tallies(atlas: Atlas) -> Tallies:
    return count(atlas)


@pytest.mark.parametrize("floor", floors(), ids=str)
def test_no_phenomenon_falls_below_its_floor(tallies: Tallies, floor: Floor) -> None:
    tally = tallies[floor.group, floor.lang]
    reached = figure(tally, floor.measure, floor.kind)
    word = re.split("[ ~<]", floor.measure)[0]
    errors = [error for error in tally.errors if error.split()[1] == word]
    assert reached >= floor.least, "\n".join([f"{floor}: {reached:.3f}, was {floor.least}", *errors])


def test_the_corpus_covers_every_relation_in_every_language() -> None:
    seen = Counter(
        (relation, passage.marked.lang)
        for passage in passages()
        for atom in passage.marked.atoms
        if not atom.optional
        for relation in atom.relations
    )
    assert {pair for pair in seen if seen[pair] >= 5} >= {(r, lang) for r in Relation for lang in LANGUAGES}


def test_the_corpus_is_large_enough_in_every_language() -> None:
    sizes = Counter(passage.marked.lang for passage in passages())
    assert sum(sizes.values()) >= 400
    assert all(sizes[lang] >= 120 for lang in LANGUAGES)


def test_every_topic_and_relation_has_a_floor_in_every_language() -> None:
    held = {(floor.group, floor.measure, floor.lang) for floor in floors()}
    topics = {(topic, passage.marked.lang) for passage in passages() for topic in passage.topics}
    assert {(topic, "mention", lang) for topic, lang in topics} <= held
    assert {("all", f"expression {relation}", lang) for relation in Relation for lang in LANGUAGES} <= held
