"""Under which operational direction an event is told: its heading's, or that of the paragraph's first sentence."""

from collections.abc import Iterator, Sequence

from app.domain.vocabulary import Event, PassageKind, Relation
from app.reading.claims.telling import Telling
from app.reading.events.clauses import ATTACKS, STRIKES, Happening
from app.reading.text.parsing import Locator, Sentence

_FOUGHT = frozenset({*ATTACKS, *STRIKES, Event.ATTACK_REPELLED})


def located(telling: Telling, sentence: Sentence, events: Sequence[Happening]) -> Iterator[Happening]:
    """Events with their places, and with the direction they are told under."""
    headed = _headed(telling, sentence)
    if events and not any(one.locators for one in events):
        under = telling.front or headed
        if under and events[0].event in _FOUGHT and not telling.told_here():
            yield events[0]._replace(locators=_directions(under[:1]))
        return
    for one in events:
        if one.locators:
            own = not headed or any(p.relation is Relation.OPERATIONAL_DIRECTION for p in one.locators)
            yield one if own else one._replace(locators=(*_directions(headed), *one.locators))
    if not events:
        fronted = [p for p in sentence.locators if p.relation is Relation.OPERATIONAL_DIRECTION]
        telling.front = tuple(p.expression for p in fronted) or telling.front


def _directions(expressions: Sequence[int]) -> tuple[Locator, ...]:
    return tuple(Locator(e, 0, 0, Relation.OPERATIONAL_DIRECTION) for e in expressions)


def _headed(telling: Telling, sentence: Sentence) -> tuple[int, ...]:
    """The directions in the heading above: of a list all its items', of a label («На … напрямку —») its own line's."""
    passage = telling.passages[sentence.passage]
    heading = passage.heading
    if heading is None:
        return ()
    listed = passage.kind is PassageKind.ITEM and not _labels(telling, heading)
    return telling.directions.get(heading, ()) if heading == sentence.passage - 1 or listed else ()


def _labels(telling: Telling, heading: int) -> bool:
    """Whether a heading only opens its own line."""
    end, following = telling.passages[heading].span.end, telling.passages[heading + 1].span.start
    return "\n" not in telling.report.text[end:following]
