"""The whole way of a report, on one screen: text in, dated points and sectors out.

    report → passages → mentions → expressions → claims → resolutions → footprints → features
             └──────────────── read ─────────────────┘   └ resolve ┘   └─ draw ─┘   └ build ┘

Every step but the last two lines of `ingest` is a pure function of the report and the atlas.
"""

from app.domain.feature import Feature, Understanding
from app.domain.place import Atlas
from app.domain.report import Report
from app.drawing.draw import draw
from app.ingest.features import build_features
from app.reading.read import read
from app.resolving.resolve import resolve


def understand(report: Report, atlas: Atlas) -> Understanding:
    """Everything one report says, in words and on the map; nothing is stored."""
    reading = read(report, atlas)
    resolutions = resolve(report, reading, atlas)
    footprints = tuple(
        draw(expression, reading, resolutions, atlas, report.published) for expression in reading.expressions
    )
    return Understanding(report, reading, resolutions, footprints)


def interpret(report: Report, atlas: Atlas) -> tuple[Understanding, tuple[Feature, ...]]:
    understanding = understand(report, atlas)
    return understanding, build_features(understanding)
