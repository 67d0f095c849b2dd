"""How one claim stands to another, and why: a pure, symmetric function of the two, so no order of reports matters."""

from dataclasses import dataclass

from app.domain.vocabulary import Actor, LinkKind
from app.linking.keys import DIRECTION, SPOT
from app.linking.opposed import comparable, opposed
from app.linking.statement import WINDOW_DAYS, Statement, meet, opposed_sides, share
from app.linking.words import SAME_WORDS, likeness, quote_the_same


@dataclass(frozen=True, slots=True)
class Link:
    """`later` reasserts `earlier`; the other kinds hold both ways."""

    kind: LinkKind
    earlier: str
    later: str
    reason: str


def relate(one: Statement, other: Statement) -> Link | None:
    """None for claims that say nothing about each other. The first rule that fits decides."""
    if other.event not in comparable(one.event):
        return None
    earlier, later = (one, other) if (one.said, one.id) <= (other.said, other.id) else (other, one)
    too_far = (later.said - earlier.said).days > WINDOW_DAYS
    if earlier.id == later.id or too_far or earlier.keys.isdisjoint(later.keys):
        return None
    for kind, rule in RULES:
        if reason := rule(earlier, later):
            return Link(kind, earlier.id, later.id, reason)
    return None


def _contradiction(earlier: Statement, later: Statement) -> str | None:
    if not meet(earlier, later):
        return None
    if earlier.denied != later.denied:
        same = earlier.event == later.event and _actors_agree(earlier, later)
        denier = earlier if earlier.denied else later
        return f"{denier.speaker.name} denies it" if same and share(earlier, later, SPOT, DIRECTION) else None
    if earlier.denied or earlier.voice == later.voice or not share(earlier, later, SPOT):
        return None
    return next((entry.why for entry in opposed() if entry.fits(earlier, later)), None)


def _copy(earlier: Statement, later: Statement) -> str | None:
    """The same words for the same day, told over. A party that says them again on another day reasserts them; any
    other outlet that prints them later, about the same days, copies them."""
    same_day = earlier.said == later.said
    same_days = (earlier.start, earlier.end) == (later.start, later.end)
    told_over = (same_day and _days_touch(earlier, later)) or (same_days and earlier.voice != later.voice)
    if not told_over or earlier.report_id == later.report_id or opposed_sides(earlier, later):
        return None
    return _same_words(earlier, later)


def _reassertion(earlier: Statement, later: Statement) -> str | None:
    if earlier.said == later.said or earlier.voice != later.voice or earlier.report_id == later.report_id:
        return None
    words = _same_words(earlier, later)
    if words is None and _same_event(earlier, later) and (earlier.start, earlier.end) == (later.start, later.end):
        words = "other words for the same event"
    return words and f"said again on {later.said}, after {earlier.said}: {words}"


def _corroboration(earlier: Statement, later: Statement) -> str | None:
    if earlier.voice == later.voice or earlier.denied or later.denied or not _same_event(earlier, later):
        return None
    return f"{later.speaker.name} and {earlier.speaker.name} tell the same event of the same place and time"


def _same_event(one: Statement, other: Statement) -> bool:
    return one.event == other.event and _actors_agree(one, other) and share(one, other, SPOT) and meet(one, other)


def _same_words(one: Statement, other: Statement) -> str | None:
    if one.event != other.event or one.denied != other.denied or not _actors_agree(one, other):
        return None
    if not share(one, other, SPOT) and one.names != other.names:
        return None
    if quote_the_same(one.passage, other.passage):
        return "the same quotation"
    alike = likeness(one.sentence, other.sentence)
    return f"the same words ({alike:.0%} of the shorter sentence)" if alike >= SAME_WORDS else None


def _actors_agree(one: Statement, other: Statement) -> bool:
    return one.actor == other.actor or Actor.UNKNOWN in (one.actor, other.actor)


def _days_touch(one: Statement, other: Statement) -> bool:
    return one.start <= other.end and other.start <= one.end


RULES = (
    (LinkKind.CONTRADICTS, _contradiction),
    (LinkKind.COPIES, _copy),
    (LinkKind.REASSERTS, _reassertion),
    (LinkKind.CORROBORATES, _corroboration),
)
