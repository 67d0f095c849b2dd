"""Writes floors.csv anew from what is reached now: `python -m tests.corpus.set_floors GAZETTEER`."""

import csv
import math
import sys
from pathlib import Path

from app.domain.vocabulary import Relation
from app.gazetteer.open import open_atlas
from tests.corpus.counting import CLAIMS, count, figure
from tests.corpus.passages import HERE, LANGUAGES

STEP = 20
"""Floors are twentieths: one passage more or less in a small group is no regression to stop for."""
OF_A_TOPIC = ("mention P", "mention R", "use R", "place<=5km R", "expression P", "expression R")
OF_CLAIMS = ("claim P", "claim R", "actor R", "side R", "status R", "date R")


def main(gazetteer: Path) -> None:
    tallies = count(open_atlas(gazetteer))
    topics = sorted({group for group, _ in tallies} - {"all"})
    rows = [("all", measure) for measure in OF_A_TOPIC]
    rows += [("all", f"expression {relation} {kind}") for relation in Relation for kind in "PR"]
    rows += [(topic, measure) for topic in topics for measure in OF_A_TOPIC]
    rows += [(topic, measure) for topic in sorted(CLAIMS) for measure in OF_CLAIMS]
    with (HERE / "floors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["group", "measure", *LANGUAGES])
        for group, measure in rows:
            name, _, kind = measure.rpartition(" ")
            held = [tallies[group, lang] for lang in LANGUAGES]
            writer.writerow(
                [group, measure]
                + [math.floor(figure(t, name, kind) * STEP + 1e-9) / STEP if t.marked[name] else "" for t in held]
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
