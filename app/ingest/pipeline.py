"""The whole way of a report, on one screen: text in, dated points and sectors out.

    report → passages → mentions → expressions → claims → resolutions → footprints → features
             └──────────────── read ─────────────────┘   └ resolve ┘   └─ draw ─┘   └ build ┘

Every step is a pure function of the report and the atlas. `job.py` takes reports in and puts the features away.
"""

from app.domain.feature import Feature, Understanding
from app.domain.place import Atlas
from app.domain.reading import Reading
from app.domain.report import Report
from app.drawing.draw import draw
from app.ingest.features import build_features
from app.reading.read import read
from app.resolving.resolve import resolve


def understand(report: Report, atlas: Atlas, evidence: Reading | None = None) -> Understanding:
    """Everything one report says, in words and on the map; `evidence` is its reading where it was read before."""
    reading = evidence or read(report, atlas)
    resolutions = resolve(report, reading, atlas)
    footprints = tuple(draw(e, reading, resolutions, atlas, report.published) for e in reading.expressions)
    return Understanding(report, reading, resolutions, footprints)


def interpret(
    report: Report, atlas: Atlas, evidence: Reading | None = None
) -> tuple[Understanding, tuple[Feature, ...]]:
    """An understanding and the features that stand for it on the map."""
    understanding = understand(report, atlas, evidence)
    return understanding, build_features(understanding)
