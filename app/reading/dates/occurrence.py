"""On which day an event of a sentence happened, of the days the sentence names."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from app.domain.vocabulary import TimePrecision
from app.reading.dates.days import Dating
from app.reading.events.clauses import Happening
from app.reading.speakers.frames import Frame
from app.reading.text.parsing import Locator, Sentence

_PASSING = frozenset({"under", "backdrop", "relative", "apart", "answered"})
_VAGUE = (TimePrecision.MONTH, TimePrecision.YEAR)
"""Too wide to be the date of another clause than their own."""
_SPEECH = 3
"""Words after a word of saying that still tell when it was said: "said in a statement on Tuesday"."""


def of_speech(dating: Dating, frame: Frame) -> bool:
    """As in "said on Tuesday": the day of speaking."""
    return frame.first <= dating.first and dating.last <= frame.last + _SPEECH and not frame.whole


_BETWEEN = frozenset(["and", "on", "the", "та", "й", "і", "у", "в", "и", "во"])
"""What may stand between days on end."""


def on_end(dated: Sequence[Dating], words: Sequence[str]) -> list[Dating]:
    """ "Over the weekend and on Monday" is one stretch of days, where the second follows on the first."""
    joined: list[Dating] = []
    for one in dated:
        last = joined[-1] if joined else None
        between = words[last.last + 1 : one.first] if last else []
        if last and between and _BETWEEN.issuperset(between) and _follow_on(last, one):
            joined[-1] = last._replace(end=one.end, last=one.last)
        else:
            joined.append(one)
    return joined


def _follow_on(one: Dating, other: Dating) -> bool:
    days = one.precision is other.precision is TimePrecision.DAY
    return days and one.end + timedelta(days=1) == other.start


def by_date(
    sentence: Sentence, one: Happening, told: Sequence[Happening], dated: Sequence[Dating]
) -> list[tuple[Happening, Dating | None]]:
    """An event, of those `told` in a sentence, with its day; split where each place has a day of its own ("A on Sunday
    and B on Monday")."""
    if dated and len(told) > 1:
        dated = [d for d in dated if not any(_keeps_its_day(other, d) for other in told if other is not one)]
    if not dated:
        return [(one, None)]
    parted = (i for i in range(one.trigger.hit.last, one.last + 1) if sentence.words[i] == ";")
    last = next(parted, one.last)  # what stands beyond is another matter, though it may tell no event
    inside = [d for d in dated if one.first <= d.first <= last]
    groups: defaultdict[Dating, list[Locator]] = defaultdict(list)
    for place in one.locators if len(inside) > 1 else ():
        groups[next((d for d in inside if d.first > place.first), inside[-1])].append(place)
    if len(groups) > 1:
        return [(one._replace(locators=tuple(places)), dating) for dating, places in groups.items()]
    return [(one, _nearest(one, inside, dated))]


def _keeps_its_day(other: Happening, dating: Dating) -> bool:
    """As in "withdrew from A, its biggest loss since it took B in May": a day of what is told in passing."""
    return other.join in _PASSING and other.first <= dating.first <= other.last


def _nearest(one: Happening, inside: Sequence[Dating], dated: Sequence[Dating]) -> Dating | None:
    if inside:
        return min(inside, key=lambda d: (abs(d.first - one.trigger.first), d.first))
    if one.join == "answered":
        return None  # it happened before what answers it
    before = [d for d in dated if d.last < one.first]
    if before:
        return before[-1]
    return dated[0] if len(dated) == 1 and dated[0].precision not in _VAGUE else None
