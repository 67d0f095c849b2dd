"""What a report says where: language, passages, mentions, spatial expressions and claims, in words only."""

from dataclasses import replace

from app.domain.place import Atlas
from app.domain.reading import Reading
from app.domain.report import Report
from app.reading.claims import read_claims
from app.reading.expressions import expressions
from app.reading.language import language
from app.reading.lexicon import lexicon
from app.reading.mentions import mentions
from app.reading.passages import passages
from app.reading.scene import Scene
from app.reading.tagging import rows
from app.reading.view import view


def read(report: Report, atlas: Atlas) -> Reading:
    """Any text; never raises; time linear in its length."""
    lang = language(report)
    words = lexicon(lang)
    seen = view(report.text)
    stretches, said = passages(seen, words)
    tagged = rows(seen, stretches, atlas.scan(seen.text), words)
    named = mentions(report, seen, tagged, atlas)
    placed = expressions(Scene(report, seen, named, atlas, words, asked=False), tagged)
    found = Reading(lang, said, named, placed)
    return replace(found, claims=read_claims(report, found, atlas))
