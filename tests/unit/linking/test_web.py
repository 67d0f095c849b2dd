"""Groups, relatives and independent voices, whatever is asked first and however little is loaded at once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.vocabulary import Actor, ClaimStatus, LinkKind
from app.linking.relate import relate
from app.linking.statement import Statement
from app.linking.web import Web
from tests.unit.linking.statements import COURIER, DAY, INSTITUTE, KYIV, MOSCOW, NEXT_DAY, a_statement

OTHER_WORDS = "South-west of the town some ground was gained, and the enemy fell back."
THIRD_WORDS = "Pictures from a drone show a column that turns back before it reaches the bridge over the canal."


def among(everything: Sequence[Statement]) -> Callable[[Sequence[Statement]], Iterable[Statement]]:
    """The neighbours of some statements, no more than are promised."""

    def neighbours(some: Sequence[Statement]) -> Iterable[Statement]:
        return [other for other in everything if any(other.keys & each.keys for each in some)]

    return neighbours


def a_web(*everything: Statement, first: str | None = None) -> Web:
    return Web([each for each in everything if first in (None, each.id)], among(everything))


BRIEFING = [a_statement(name) for name in ("a", "b", "c")]
AGAIN = a_statement("d", day=NEXT_DAY)
DENIAL = a_statement("e", speaker=MOSCOW, claim_status=ClaimStatus.DENIED)
ANALYST = a_statement("f", speaker=INSTITUTE, sentence=OTHER_WORDS)
REPRINT = a_statement("g", speaker=COURIER, sentence=OTHER_WORDS)
WITNESS = a_statement("h", speaker=COURIER, sentence=THIRD_WORDS)


def test_copies_are_one_group_and_stand_to_others_as_one() -> None:
    web = a_web(*BRIEFING, AGAIN, DENIAL, first="a")
    assert [each.id for each in web.copies("a")] == ["b", "c"]
    relatives = [(each.kind, each.later, each.claim.id, each.copies) for each in web.relatives("a")]
    assert relatives == [(LinkKind.REASSERTS, True, "d", ()), (LinkKind.CONTRADICTS, False, "e", ())]
    [backwards] = a_web(*BRIEFING, AGAIN, DENIAL, first="d").relatives("d")
    assert (backwards.kind, backwards.later, backwards.claim.id) == (LinkKind.REASSERTS, False, "a")
    assert [each.id for each in backwards.copies] == ["b", "c"]


def test_copies_of_copies_are_copies() -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    chain = [a_statement(str(n), sentence=" ".join(words[n : n + 8])) for n in (0, 2, 4)]
    assert relate(chain[0], chain[2]) is None
    assert [each.id for each in a_web(*chain, first="0").copies("0")] == ["2", "4"]


def test_independent_sources() -> None:
    def count(claim: str, *everything: Statement) -> int:
        return a_web(*everything, first=claim).independent_sources(claim)

    assert count("a", *BRIEFING) == 1
    assert count("a", *BRIEFING, AGAIN, DENIAL) == 1
    assert count("a", *BRIEFING, ANALYST) == 2
    assert count("a", *BRIEFING, ANALYST, REPRINT) == 2, "a reprint of the analyst is no third voice"
    assert count("a", *BRIEFING, ANALYST, WITNESS) == 3
    assert count("a", *BRIEFING, ANALYST, REPRINT, WITNESS) == 2, "the paper that reprints him is no third voice either"
    assert count("f", *BRIEFING, ANALYST) == 2
    own_side = a_statement("i", speaker=KYIV, sentence=THIRD_WORDS)
    assert count("f", *BRIEFING, ANALYST, own_side) == 2, "a party speaks with one voice"


def test_touched_are_those_whose_number_may_change() -> None:
    elsewhere = a_statement("z", keys=frozenset({"spot/at:andriivka"}))
    web = a_web(*BRIEFING, AGAIN, ANALYST, REPRINT, elsewhere)
    assert web.touched(["a"]) == {"a", "b", "c", "f", "g"}
    assert web.touched(["z"]) == {"z"}


def told(everything: Sequence[Statement], asked: Sequence[str], first: str | None = None) -> dict[str, object]:
    web = a_web(*everything, first=first)
    return {
        each: (
            tuple(other.id for other in web.copies(each)),
            tuple((r.kind, r.later, r.reason, r.claim.id, len(r.copies)) for r in web.relatives(each)),
            web.independent_sources(each),
        )
        for each in asked
    }


def test_no_order_matters() -> None:
    everything = [*BRIEFING, AGAIN, DENIAL, ANALYST]
    ids = [each.id for each in everything]
    expected = told(everything, ids)
    for order in permutations(everything):
        assert told(order, [each.id for each in order]) == expected


statements = st.builds(
    lambda id_, day, speaker, words, actor, denied, spot: a_statement(
        str(id_),
        day=DAY + timedelta(days=day),
        speaker=speaker,
        sentence=words,
        actor=actor,
        claim_status=ClaimStatus.DENIED if denied else ClaimStatus.CLAIMED,
        keys=frozenset({f"spot/{spot}", f"name/{spot}"}),
    ),
    st.integers(0, 40),
    st.integers(0, 9),
    st.sampled_from([KYIV, MOSCOW, COURIER, INSTITUTE]),
    st.sampled_from([OTHER_WORDS, THIRD_WORDS]),
    st.sampled_from(Actor),
    st.booleans(),
    st.sampled_from("xy"),
)


@given(st.lists(statements, max_size=14, unique_by=lambda each: each.id))
@settings(max_examples=200, deadline=None)
def test_what_is_loaded_around_a_claim_is_enough(everything: list[Statement]) -> None:
    ids = [each.id for each in everything]
    whole = told(everything, ids)
    for each in ids:
        assert told(everything, [each], first=each)[each] == whole[each]


@given(st.lists(statements, min_size=1, max_size=14, unique_by=lambda each: each.id))
@settings(max_examples=200, deadline=None)
def test_a_new_claim_changes_only_the_numbers_of_those_it_touches(everything: list[Statement]) -> None:
    *before, new = everything
    held = {each.id: a_web(*before).independent_sources(each.id) for each in before}
    after = a_web(*everything)
    changed = {each for each, number in held.items() if after.independent_sources(each) != number}
    assert changed <= a_web(*everything, first=new.id).touched([new.id])
