"""What the marked passages ask for is read, resolved and found at least as well as floors.csv says.

A floor is the figure that was reached, rounded down; raise it when reading gets better. Each line of floors.csv is a
group of passages (a topic, or `all`) and a measure; a failure lists what went wrong in that group.
"""

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass

import pytest

from app.domain.place import Atlas
from app.domain.vocabulary import Relation
from app.ingest.evaluate import Tally, score
from app.ingest.pipeline import understand
from tests.corpus.passages import HERE, LANGUAGES, passages

Tallies = dict[tuple[str, str], Tally]

CLAIMS = "claims"
"""The topic whose passages have all their claims marked; elsewhere they say nothing of claims."""


@dataclass(frozen=True)
class Floor:
    group: str
    measure: str
    kind: str
    """P for precision; R for recall, or the share told right."""
    lang: str
    least: float

    def __str__(self) -> str:
        return f"{self.group} {self.measure} {self.kind} {self.lang}"


def floors() -> list[Floor]:
    with (HERE / "floors.csv").open(encoding="utf-8", newline="") as file:
        return [
            Floor(row["group"], measure, kind, lang, float(row[lang]))
            for row in csv.DictReader(file)
            for measure, _, kind in [row["measure"].rpartition(" ")]
            for lang in LANGUAGES
            if row[lang]
        ]


def count(atlas: Atlas) -> Tallies:
    """One tally for each topic and language, and for all topics of a language."""
    tallies: Tallies = defaultdict(Tally)
    for passage in passages():
        tally = score(passage.marked, understand(passage.marked.report, atlas))
        if CLAIMS not in passage.topics:
            tally = tally.without("claim", "actor", "side", "status", "date")
        for group in ("all", *passage.topics):
            tallies[group, passage.marked.lang].merge(tally)
    return tallies


@pytest.fixture(scope="module")
def tallies(atlas: Atlas) -> Tallies:
    return count(atlas)


def figure(tally: Tally, measure: str, kind: str) -> float:
    return tally.precision(measure) if kind == "P" else tally.recall(measure)


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
