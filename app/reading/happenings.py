"""Which events a sentence tells, how they went, and which of its places belong to which."""

from app.reading.clauses import Happening, clauses
from app.reading.parsing import Sentence
from app.reading.sharing import merged, shared


def happenings(sentence: Sentence) -> list[Happening]:
    """Every event told, in order; those without a place of their own have no locators."""
    if not sentence.events or any(m.term.kind == "aside" for m in sentence.modifiers):
        return []
    return shared(merged(clauses(sentence), sentence), sentence)
