"""The claims around some claims: what is linked to them, who says the same, and how many voices that is.

A web is loaded outwards from where it is asked: it holds what its questions need and no more, and what it answers is
the same whatever was asked before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.vocabulary import Event, LinkKind
from app.linking.opposed import comparable
from app.linking.relate import Link, relate
from app.linking.statement import Statement

Neighbours = Callable[[Sequence[Statement]], Iterable[Statement]]
"""All statements that share a key with one of these and were said within `WINDOW_DAYS` of it; more do no harm."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Another claim, the first of its copies, and how it stands to the one that was asked about."""

    kind: LinkKind
    later: bool
    """It is the one that reasserts; of the other kinds, False."""
    reason: str
    claim: Statement
    copies: tuple[Statement, ...]
    """The rest of them."""


class Web:
    def __init__(self, statements: Iterable[Statement], neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self.statements: dict[str, Statement] = {}
        self._by_key: dict[tuple[str, Event], set[str]] = defaultdict(set)
        self._links: dict[str, dict[str, Link]] = {}
        """By claim, then by the other claim, for claims of which all neighbours are known."""
        self._add(statements)

    def group(self, ids: Iterable[str]) -> set[str]:
        """The claims and, whatever their number, the copies of them and the copies of those."""
        reached = set(ids)
        fresh = reached
        while fresh:
            self._expand(fresh)
            fresh = {other for each in fresh for other in self._others(each, LinkKind.COPIES)} - reached
            reached |= fresh
        return reached

    def copies(self, claim: str) -> list[Statement]:
        """The other claims that tell the same in the same words, the earliest first."""
        return self._in_order(self.group([claim]) - {claim})

    def relatives(self, claim: str) -> list[Relative]:
        """What stands to a claim, or to a copy of it, in another way than as a copy; copies of one claim are one."""
        group = self.group([claim])
        self.group({other for each in group for other in self._links[each]})  # loads them all at once
        found: dict[tuple[LinkKind, bool, str], Relative] = {}
        for each in (claim, *sorted(group - {claim})):
            for other, link in sorted(self._links[each].items()):
                if other not in group:
                    first, *copies = self._in_order(self.group([other]))
                    later = link.kind is LinkKind.REASSERTS and link.later == other
                    relative = Relative(link.kind, later, link.reason, first, tuple(copies))
                    found.setdefault((link.kind, later, first.id), relative)
        order = list(LinkKind)
        return sorted(found.values(), key=lambda each: (order.index(each.kind), each.claim.said, each.claim.id))

    def touched(self, ids: Iterable[str]) -> set[str]:
        """All claims whose number of independent sources these claims have a part in; themselves included."""
        group = self.group(list(ids))
        reached = self.group(group | self._corroborating(group))
        self.group(self._corroborating(reached))  # loads at once what counting them needs
        return reached

    def independent_sources(self, claim: str) -> int:
        """How many independent voices tell what a claim tells: copies are one, and so is all that one party says."""
        group = self.group([claim])
        beside = self._corroborating(group)
        self.group(beside)
        groups = {frozenset(self.group([each])) for each in beside} | {frozenset(group)}
        return _apart([{self.statements[each].voice for each in copies} for copies in groups])

    def _in_order(self, ids: Iterable[str]) -> list[Statement]:
        return sorted((self.statements[each] for each in ids), key=lambda each: (each.said, each.id))

    def _corroborating(self, ids: Iterable[str]) -> set[str]:
        return {other for each in ids for other in self._others(each, LinkKind.CORROBORATES)}

    def _others(self, claim: str, kind: LinkKind) -> set[str]:
        return {other for other, link in self._links[claim].items() if link.kind is kind}

    def _expand(self, ids: Iterable[str]) -> None:
        unknown = sorted({each for each in ids if each not in self._links})
        if not unknown:
            return
        self._add(self._neighbours([self.statements[each] for each in unknown]))
        for each in unknown:
            self._links[each] = self._related(self.statements[each])

    def _related(self, statement: Statement) -> dict[str, Link]:
        events = comparable(statement.event)
        near = set().union(*(self._by_key[key, event] for key in statement.keys for event in events))
        links = ((other, self._link(statement, other)) for other in near)
        return {other: link for other, link in links if link}

    def _link(self, statement: Statement, other: str) -> Link | None:
        """What was found from the other side holds from this one."""
        if other in self._links:
            return self._links[other].get(statement.id)
        return relate(statement, self.statements[other])

    def _add(self, statements: Iterable[Statement]) -> None:
        for statement in statements:
            if statement.id not in self.statements:
                self.statements[statement.id] = statement
                for key in statement.keys:
                    self._by_key[key, statement.event].add(statement.id)


def _apart(voices: Iterable[set[str]]) -> int:
    """How many remain when sets that share a voice are taken as one."""
    separate: list[set[str]] = []
    for each in voices:
        joined = set(each).union(*(other for other in separate if not other.isdisjoint(each)))
        separate = [other for other in separate if other.isdisjoint(each)] + [joined]
    return len(separate)
