"""Which link two claims have, by kind, and that it is the same from both sides."""

from datetime import date
from typing import Any

import pytest

from app.domain.vocabulary import Actor, ClaimStatus, Event, LinkKind, Outcome
from app.linking.opposed import opposed
from app.linking.relate import Link, relate
from tests.unit.linking.statements import COURIER, DAY, INSTITUTE, KYIV, MOSCOW, NEXT_DAY, a_statement

OTHER_WORDS = "South-west of the town some ground was gained, and the enemy fell back."
BOTH_DAYS = {"start": DAY, "end": DAY, "said": NEXT_DAY}
UNSETTLED = frozenset({"name/klishchiivka"})
ELSEWHERE = frozenset({"spot/at:andriivka", "name/andriivka"})
QUOTE = "“We have taken the heights above the village and we hold them,”"


def related(one: dict[str, Any], other: dict[str, Any]) -> Link | None:
    first, second = a_statement("a", **one), a_statement("b", **other)
    link = relate(first, second)
    assert link == relate(second, first)
    return link


CASES: list[tuple[str, dict[str, Any], dict[str, Any], LinkKind | None]] = [
    ("the same words on the same day", {}, {}, LinkKind.COPIES),
    ("… where only one name could be settled", {}, {"keys": UNSETTLED}, LinkKind.COPIES),
    ("… of another place", {}, {"keys": ELSEWHERE}, None),
    ("… of another event", {}, {"event": Event.CONSOLIDATION}, None),
    ("… in the same report", {"report_id": "r"}, {"report_id": "r"}, None),
    ("… in the mouth of a medium", {}, {"speaker": COURIER}, LinkKind.COPIES),
    ("… in the mouth of the other party", {}, {"speaker": MOSCOW}, LinkKind.CORROBORATES),
    ("… of another day", {}, {"start": date(2023, 7, 3), "end": date(2023, 7, 3)}, None),
    ("the same quotation in other words", {"passage": f"{QUOTE} he said."},
     {"sentence": OTHER_WORDS, "passage": f"At night: {QUOTE} said the man."}, LinkKind.COPIES),
    ("the same words a day later", {}, {"day": NEXT_DAY}, LinkKind.REASSERTS),
    ("… of the same day", {}, BOTH_DAYS, LinkKind.REASSERTS),
    ("… by another outlet in its own voice, of the same day", {}, {**BOTH_DAYS, "speaker": COURIER}, LinkKind.COPIES),
    ("… by another outlet in its own voice, of its day", {}, {"day": NEXT_DAY, "speaker": COURIER}, None),
    ("… two weeks later", {}, {"day": date(2023, 7, 26)}, None),
    ("other words a day later of the same day", {}, {**BOTH_DAYS, "sentence": OTHER_WORDS}, LinkKind.REASSERTS),
    ("other words a day later of that day", {}, {"day": NEXT_DAY, "sentence": OTHER_WORDS}, None),
    ("other words of the same party", {}, {"sentence": OTHER_WORDS}, None),
    ("other words of an analyst", {}, {"sentence": OTHER_WORDS, "speaker": INSTITUTE}, LinkKind.CORROBORATES),
    ("… of an unknown actor", {}, {"sentence": OTHER_WORDS, "speaker": INSTITUTE, "actor": Actor.UNKNOWN},
     LinkKind.CORROBORATES),
    ("… of the other actor", {}, {"sentence": OTHER_WORDS, "speaker": INSTITUTE, "actor": Actor.RU}, None),
    ("… of the whole month", {}, {"sentence": OTHER_WORDS, "speaker": INSTITUTE, "start": date(2023, 7, 1),
     "end": date(2023, 7, 31)}, None),
    ("a name alone is no place", {"keys": UNSETTLED},
     {"sentence": OTHER_WORDS, "speaker": INSTITUTE, "keys": UNSETTLED}, None),
    ("a denial", {}, {"speaker": MOSCOW, "claim_status": ClaimStatus.DENIED}, LinkKind.CONTRADICTS),
    ("a denial of something else", {},
     {"speaker": MOSCOW, "claim_status": ClaimStatus.DENIED, "event": Event.SHELLING}, None),
    ("a denial of another day", {},
     {"speaker": MOSCOW, "claim_status": ClaimStatus.DENIED, "day": date(2023, 7, 15)}, None),
    ("an advance and an attack repelled", {},
     {"speaker": MOSCOW, "event": Event.ATTACK_REPELLED, "actor": Actor.RU}, LinkKind.CONTRADICTS),
    ("… elsewhere", {},
     {"speaker": MOSCOW, "event": Event.ATTACK_REPELLED, "actor": Actor.RU, "keys": ELSEWHERE}, None),
    ("… of one's own side", {}, {"event": Event.ATTACK_REPELLED, "actor": Actor.RU}, None),
    ("both hold the place", {"event": Event.CONTROL_CHANGE},
     {"speaker": MOSCOW, "event": Event.CONTROL_CHANGE, "actor": Actor.RU}, LinkKind.CONTRADICTS),
    ("an attack that came to nothing", {"event": Event.ASSAULT},
     {"speaker": MOSCOW, "event": Event.ASSAULT, "outcome": Outcome.NO_SUCCESS}, LinkKind.CONTRADICTS),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "kind"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_kinds(one: dict[str, Any], other: dict[str, Any], kind: LinkKind | None) -> None:
    link = related(one, other)
    assert (link.kind if link else None) is kind
    if link:
        assert link.reason
        assert (link.earlier, link.later) == ("a", "b")


def test_who_says_it_again_is_the_later_one_whatever_its_id() -> None:
    link = relate(a_statement("a", day=NEXT_DAY), a_statement("b"))
    assert link is not None
    assert (link.kind, link.earlier, link.later) == (LinkKind.REASSERTS, "b", "a")


def test_reasons_tell_who_denies_and_what_is_shared() -> None:
    denial = related({}, {"speaker": MOSCOW, "claim_status": ClaimStatus.DENIED})
    copy = related({}, {"speaker": KYIV})
    assert denial is not None
    assert denial.reason == "Defence Ministry denies it"
    assert copy is not None
    assert copy.reason == "the same words (100% of the shorter sentence)"


def test_every_opposition_has_a_reason_and_fits_both_ways() -> None:
    for entry in opposed():
        one = a_statement("a", event=entry.events[0], outcome=(entry.outcomes or (Outcome.SUCCESS,))[0])
        other = a_statement(
            "b",
            event=entry.events[1],
            actor=Actor.UA if entry.same_actor else Actor.RU,
            outcome=(entry.outcomes or (Outcome.SUCCESS,))[-1],
        )
        assert entry.why
        assert entry.fits(one, other)
        assert entry.fits(other, one)
