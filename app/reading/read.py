"""What a report says where: language, passages, mentions, spatial expressions and claims, in words only."""

from dataclasses import replace

from app.domain.place import Atlas
from app.domain.reading import Reading
from app.domain.report import Report
from app.reading.claims.read import read_claims
from app.reading.expressions.read import expressions
from app.reading.expressions.scene import Scene
from app.reading.mentions.read import mentions
from app.reading.text.language import language
from app.reading.text.passages import passages
from app.reading.text.tagging import rows
from app.reading.text.view import view
from app.reading.words.lexicon import lexicon


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
