"""What is reached on the marked passages, by topic and language, and what floors.csv says must be reached."""

import csv
from collections import defaultdict
from dataclasses import dataclass

from app.domain.place import Atlas
from app.ingest.evaluate import Tally, score
from app.ingest.pipeline import understand
from tests.corpus.passages import HERE, LANGUAGES, passages

Tallies = dict[tuple[str, str], Tally]

CLAIMS = frozenset({"claims", "styles"})
"""Topics whose passages have all their claims marked; elsewhere they say nothing of claims."""


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
        if CLAIMS.isdisjoint(passage.topics):
            tally = tally.without("claim", "actor", "side", "status", "date")
        for group in ("all", *passage.topics):
            tallies[group, passage.marked.lang].merge(tally)
    return tallies


def figure(tally: Tally, measure: str, kind: str) -> float:
    return tally.precision(measure) if kind == "P" else tally.recall(measure)
