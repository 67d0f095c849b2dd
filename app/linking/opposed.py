"""Which kinds of claim cannot both be so: the table `opposed.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.domain.vocabulary import Actor, Event, Outcome
from app.linking.statement import Statement


@dataclass(frozen=True, slots=True)
class Opposed:
    events: tuple[Event, ...]
    """Two, in the order of the alphabet."""
    same_actor: bool
    outcomes: tuple[Outcome, ...]
    """Two, in the order of the alphabet; none where any will do."""
    why: str

    def fits(self, one: Statement, other: Statement) -> bool:
        return (
            tuple(sorted((one.event, other.event))) == self.events
            and Actor.UNKNOWN not in (one.actor, other.actor)
            and (one.actor == other.actor) == self.same_actor
            and (not self.outcomes or tuple(sorted((one.outcome, other.outcome))) == self.outcomes)
        )


@cache
def opposed() -> tuple[Opposed, ...]:
    entries = tomllib.loads((files("app.linking") / "opposed.toml").read_text("utf-8"))["opposed"]
    return tuple(_entry(**entry) for entry in entries)


@cache
def comparable(event: Event) -> frozenset[Event]:
    """The kinds of event that say something about this one: itself, and those it is opposed to. A claim about any other
    is linked to no claim about this one, so it need not be looked at."""
    return frozenset({event}).union(*(entry.events for entry in opposed() if event in entry.events))


def _entry(events: list[str], actors: str, why: str, outcomes: tuple[str, ...] = ()) -> Opposed:
    if actors not in ("same", "opposite") or len(events) != 2 or len(outcomes) not in (0, 2):
        raise ValueError(f"opposed.toml: {events} {actors} {outcomes}")
    return Opposed(tuple(sorted(map(Event, events))), actors == "same", tuple(sorted(map(Outcome, outcomes))), why)
