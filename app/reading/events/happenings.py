"""Which events a sentence tells: clauses that tell one are joined, and a place said once may belong to several."""

from app.domain.vocabulary import Event, Outcome, Relation
from app.reading.events.clauses import ATTACKS, STRIKES, Happening, clauses
from app.reading.text.parsing import Locator, Sentence


def happenings(sentence: Sentence) -> list[Happening]:
    """Every event told, in order; those without a place of their own have no locators."""
    if not sentence.events or any(m.term.kind == "aside" for m in sentence.modifiers):
        return []
    return _shared(_merged(clauses(sentence), sentence), sentence)


def _merged(told_in: list[Happening], sentence: Sentence) -> list[Happening]:
    """As in "The enemy attacked near A, where 13 attacks were repelled" is one event told in two clauses."""
    told = told_in[:1]
    for one in told_in[1:]:
        before = told[-1]
        told[-1:] = [before, one] if _spoken_between(sentence, before, one) else _joined(before, one)
    return told


def _joined(before: Happening, one: Happening) -> list[Happening]:  # noqa: PLR0911 - one line a kind of joining
    """Two clauses as the one event that they tell, or as the two that they are."""
    if before.event in ATTACKS:
        if not one.locators and _beats_off(before, one):
            return [_beaten_off(before, one)]
        if before.event is Event.ASSAULT and one.event is Event.ADVANCE and _adds_success(before, one):
            gained = one.trigger.hit.term.voice == "active" and one.outcome is not Outcome.PARTIAL_SUCCESS
            event = one.event if gained else before.event
            return [before._replace(last=one.last, outcome=one.outcome, event=event)]
        if one.event is Event.ATTACK_REPELLED and not before.locators:
            return [one._replace(first=before.first, triggers=before.triggers + one.triggers)]
    elif before.event is Event.ATTACK_REPELLED:
        if one.event is Event.WITHDRAWAL and not one.locators:
            return [before._replace(last=one.last)]
        if one.event in ATTACKS and (not one.locators or _object_of(before, one)):
            return [before._replace(last=one.last, locators=before.locators + one.locators)]
    elif before.event is Event.CASUALTIES and not one.locators and one.event in STRIKES:
        return [before._replace(event=one.event, last=one.last, trigger=one.trigger, open=one.open)]
    elif before.event in STRIKES and one.join == "plain":
        if _meansless(one):
            return [before, one._replace(event=before.event)]
        if one.event in STRIKES and one.locators and not before.locators:  # "shelled and attacked with drones A": once
            triggers = before.triggers + one.triggers
            return [before._replace(last=one.last, locators=one.locators, triggers=triggers)]
    return [before, one]


def _beaten_off(before: Happening, one: Happening) -> Happening:
    defended = one if one.event is Event.ATTACK_REPELLED else before
    return before._replace(
        event=Event.ATTACK_REPELLED,
        outcome=Outcome.SUCCESS,
        last=one.last,
        trigger=defended.trigger,
        triggers=before.triggers + one.triggers,
        against=defended is before or defended.against,
    )


def _object_of(before: Happening, one: Happening) -> bool:
    """As in "stopped 48 assault and offensive actions near A": the second noun is what was stopped."""
    ahead = all(place.last < before.trigger.first for place in before.locators)
    return ahead and one.join == "plain" and one.trigger.hit.term.voice == "noun" and one.trigger.first - one.first <= 3


def _adds_success(before: Happening, one: Happening) -> bool:
    """As in "attacks near A, has partial success": how the attack went."""
    return bool(before.locators) and not one.locators and one.join == "plain"


def _spoken_between(sentence: Sentence, before: Happening, one: Happening) -> bool:
    """As in "told of fighting, but called the defence a success": two things said."""
    stretch = range(before.trigger.hit.last + 1, one.trigger.first)
    return any(s.first in stretch and s.term.kind == "verb" for s in sentence.says)


def _meansless(one: Happening) -> bool:
    """As in "launched drones at A and attacked B": an attack whose means were told just before."""
    family = one.trigger.hit.term.event
    return family in ("damage", "harm") or (
        family == "attack" and one.event is Event.ASSAULT and not one.trigger.attempt
    )


def _beats_off(before: Happening, one: Happening) -> bool:
    return (
        one.event is Event.ATTACK_REPELLED
        or one.failed
        or (one.event is Event.WITHDRAWAL and one.join == "plain" and before.event is Event.ASSAULT)
    )


def _family(event: Event) -> str:
    return "strike" if event in STRIKES else event.value


_SHARES_FRONT = frozenset({Event.ADVANCE, Event.CONTROL_CHANGE, Event.WITHDRAWAL, Event.ATTACK_REPELLED})


def _shared(told: list[Happening], sentence: Sentence) -> list[Happening]:
    """Places said once for several events: before the first, or after the last of two joined by "and"."""
    front = _front(told, sentence) if told else ()
    if len(told) < 2 and not front:
        return told
    if front and not told[0].locators and front[0].relation is Relation.OPERATIONAL_DIRECTION:
        told = [told[0]._replace(locators=front), *told[1:]]
    placed: list[Happening] = []
    for index, one in enumerate(told):
        following = told[index + 1] if index + 1 < len(told) else None
        kept = one
        if index and front and not _again(sentence, one):
            directions = tuple(p for p in front if p.relation is Relation.OPERATIONAL_DIRECTION)
            if one.locators:
                kept = one._replace(locators=(*directions, *one.locators))
            elif one.event in _SHARES_FRONT and _family(one.event) != _family(told[index - 1].event):
                kept = one._replace(locators=front)
        elif index and not one.locators and one.event in STRIKES and _again(sentence, one):
            kept = one._replace(locators=told[index - 1].locators)
        elif not one.locators and following is not None and _follows(following, one):
            kept = one._replace(locators=following.locators)
        placed.append(kept)
    return placed


_PRONOUNS = frozenset(["it", "them", "його", "її", "їх", "его", "ее", "их"])


def _again(sentence: Sentence, one: Happening) -> bool:
    """As in "shelled Nikopol and attacked it with drones": the place told before."""
    after = one.trigger.hit.last + 1
    return after < len(sentence.words) and sentence.words[after] in _PRONOUNS


def _front(told: list[Happening], sentence: Sentence) -> tuple[Locator, ...]:
    first_word = sentence.events[0].first
    ahead = [p for p in sentence.locators if p.last < first_word]
    return tuple([p for p in ahead if p.relation is Relation.OPERATIONAL_DIRECTION or p in told[0].locators])


def _follows(following: Happening, one: Happening) -> bool:
    """Whether the place after the second of two events is also the first one's."""
    return (
        bool(following.locators)
        and following.join in ("plain", "turn")
        and _family(following.event) != _family(one.event)
        and following.trigger.hit.term.event not in ("damage", "harm")
        and one.event not in (Event.CASUALTIES, Event.OTHER, Event.CONSOLIDATION)
        and following.event not in (Event.CASUALTIES, Event.OTHER)
    )
