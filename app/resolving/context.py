"""What the text says of names together: which stand in one list, which oblast stands beside, which gloss explains."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.domain.place import Place
from app.domain.reading import Reading
from app.domain.report import Report
from app.domain.vocabulary import Relation, Use
from app.resolving import weights
from app.resolving.neighbours import Neighbours, Standing, neighbours
from app.resolving.options import Options

SENTENCE_END = re.compile(r"[.!?…;•●▪](?:(?<=[;•●▪])|(?<=[\w)»”\"]{3}.)[\"»”)]?\s)")
"""No line break: reading has made passages of lines, and those left inside one are the remains of markup."""
LONGEST_SENTENCE = 500
"""Characters between two names beyond which they are taken to stand in different sentences."""
_SETTLED = r"towns?|cit(?:y|ies)|villages?|settlements?|port"
LISTED = re.compile(
    r"(?:[\s,;/()\[\]–—-]|\b(?:"
    r"та|і|й|и|and|or|або|или|in|of|the|у|в|во|с|м|г|п|смт|пгт|пос|н\.?\s?п|сіл|село|селі|села|селе|"
    r"громади|району|районі|района|район|поблизу|біля|близько|возле|около|вблизи|близ|near|around|"
    rf"{_SETTLED}|districts?|part|частин\w*|част\w*|"
    r"(?:north|south|east|west|північ|півден|східн|сході|захід|заході|север|юг|юж|восто|запад)\w*"
    r")\b\.?)*"
)
"""What stands between the names of one list, or between a name and the oblast that follows it."""
OWNS = re.compile(rf"['’]s\b|\s(?:\w+\s)?(?:{_SETTLED})\b")
"""What follows an area that stands before its place: "Kharkiv region's Izium", "the Sumy region border town of …".
Reading asks the same of its tagged words, to tell what a phrase is anchored on; evidence keeps words, and no tags."""
LONGEST_LIST = 16
LONGEST_GAP = 60
"""Characters between two names of one list."""


@dataclass(frozen=True, slots=True)
class Governed:
    """The oblasts and raions that the text puts a name in, and what lying elsewhere costs."""

    areas: tuple[Place, ...]
    cost: float
    reason: str


@dataclass(frozen=True, slots=True)
class Gloss:
    """Mention `of` lies at this bearing (degrees, or None) and distance from mention `anchor`, the text says."""

    of: int
    anchor: int
    bearings: tuple[float, ...]
    distance_km: float | None


class Context:
    """The relations between a report's mentions. Work grows with the number of mentions, not with its square."""

    def __init__(self, report: Report, reading: Reading, choices: list[Options]) -> None:
        self._text = report.text
        self._reading = reading
        self._choices = choices
        self._sentences = self._number_sentences()
        self.directions = self._anchors_of(Relation.OPERATIONAL_DIRECTION)
        self._sections = self._number_sections()
        self._lists = self._lists_of_mentions()
        told = {i for i, m in enumerate(reading.mentions) if m.use is Use.LITERAL}
        self._dateline = self._find_dateline()
        self._points = [i for i in range(len(choices)) if i == self._dateline or (i in told and choices[i].pointlike)]
        self._areas = {i: area for i in sorted(told) if (area := choices[i].area) is not None}
        self._points_in = self._by_passage(self._points)
        self._areas_in = self._by_passage(list(self._areas))

    def _number_sentences(self) -> list[int]:
        """Of each mention, the number of its sentence; passages begin new ones."""
        numbers: list[int] = []
        mentions = self._reading.mentions
        for i, mention in enumerate(mentions):
            if i == 0:
                numbers.append(0)
                continue
            before = mentions[i - 1]
            end, start = before.span.end, mention.span.start
            apart = (
                before.passage != mention.passage
                or start - end > LONGEST_SENTENCE
                or SENTENCE_END.search(self._text, end, start) is not None
            )
            numbers.append(numbers[-1] + apart)
        return numbers

    def _number_sections(self) -> list[int]:
        """Of each mention, the mention that heads its section: an operational direction that opens a sentence, and all
        that follows it in the passage. -1 before the first of them."""
        heads: list[int] = []
        mentions = self._reading.mentions
        for i, mention in enumerate(mentions):
            head = heads[-1] if i and mentions[i - 1].passage == mention.passage else -1
            opens = i == 0 or self._sentences[i - 1] != self._sentences[i]
            heads.append(i if opens and i in self.directions else head)
        return heads

    def on_front(self, i: int) -> bool:
        """Whether mention `i` is told of under an operational direction, and is none itself."""
        return self._sections[i] >= 0 and i not in self.directions

    def _find_dateline(self) -> int:
        """The place in capitals that opens the report and stands in no phrase, unless it is a capital; -1 for none."""
        if not self._choices or not self._choices[0].pointlike:
            return -1
        first = self._reading.mentions[0]
        place = self._choices[0].places[int(self._choices[0].costs.argmin())]
        is_one = first.use is Use.ASSOCIATIVE and first.surface.isupper() and not self._text[: first.span.start].strip()
        return 0 if is_one and (place.population or 0) < weights.CAPITAL_PEOPLE else -1

    def _lists_of_mentions(self) -> list[int]:
        """Of each mention, the first phrase that has it as an anchor; -1 where none has."""
        held = [-1] * len(self._reading.mentions)
        for index, expression in reversed(list(enumerate(self._reading.expressions))):
            if expression.gloss_of is None:
                for anchor in expression.anchors:
                    held[anchor] = index
        return held

    def _by_passage(self, indexes: list[int]) -> dict[int, list[int]]:
        held: dict[int, list[int]] = {}
        for i in indexes:
            held.setdefault(self._reading.mentions[i].passage, []).append(i)
        return held

    def _headings(self, passage: int) -> Iterator[int]:
        """The headings above a passage, nearest first."""
        above = self._reading.passages[passage].heading
        for _ in range(3):
            if above is None:
                return
            yield above
            above = self._reading.passages[above].heading

    def neighbours(self) -> Neighbours:
        """For each mention the most telling others."""
        mentions = self._reading.mentions
        standing = Standing(
            np.array(self._sentences, dtype=np.int64),
            np.array(self._sections, dtype=np.int64),
            np.array([mention.passage for mention in mentions], dtype=np.int64),
            np.array(self._lists, dtype=np.int64),
        )
        headings = [
            [j for heading in self._headings(mentions[i].passage) for j in self._points_in.get(heading, ())]
            for i in self._points
        ]
        return neighbours(self._points, standing, [choice.ids for choice in self._choices], headings, self._dateline)

    # ---- oblasts beside and above

    def governed(self, i: int) -> Governed | None:
        """The oblasts that stand with mention `i`: after it in its list, before it in its sentence, or above."""
        if self._choices[i].district and (city := self._city_of(i)):
            return Governed((city,), weights.BESIDE_OBLAST, "in another city than the one named beside it")
        beside = self._owning(i) or self._following(i)
        if beside:
            return Governed(beside, weights.BESIDE_OBLAST, "in another oblast or raion than the one named beside it")
        over = self._preceding(i) or self._heading_areas(i)
        if over:
            return Governed(over, weights.HEADED_OBLAST, "in another oblast or raion than the one named before it")
        return self._earlier(i)

    def _city_of(self, i: int) -> Place | None:
        """The city right behind the name of its district, else the last one named before it in the passage."""
        mentions, after = self._reading.mentions, i + 1
        nearest = [*range(i - 1, max(-1, i - LONGEST_LIST), -1)]
        if after < len(mentions) and _is_listed(self._text[mentions[i].span.end : mentions[after].span.start]):
            nearest.insert(0, after)
        here = (self._choices[j].city for j in nearest if mentions[j].passage == mentions[i].passage)
        return next((city for city in here if city), None)

    def _owning(self, i: int) -> tuple[Place, ...]:
        mentions = self._reading.mentions
        owned = i > 0 and i - 1 in self._areas and mentions[i - 1].passage == mentions[i].passage
        return (self._areas[i - 1],) if owned and self._owns_next(i - 1) else ()

    def _following(self, i: int) -> tuple[Place, ...]:
        mentions = self._reading.mentions
        found: list[Place] = []
        for j in range(i + 1, min(i + LONGEST_LIST, len(mentions))):
            gap = self._text[mentions[j - 1].span.end : mentions[j].span.start]
            if mentions[j].passage != mentions[i].passage or not _is_listed(gap):
                break
            if j in self._areas:
                if self._owns_next(j):
                    break
                found.append(self._areas[j])
            elif found:
                break
        return tuple(found)

    def _preceding(self, i: int) -> tuple[Place, ...]:
        areas = self._areas_in.get(self._reading.mentions[i].passage, [])
        before = bisect_left(areas, i)
        return tuple(
            self._areas[j]
            for j in areas[max(0, before - LONGEST_LIST) : before]
            if self._sentences[j] == self._sentences[i] and not self._closes_a_list(j)
        )

    def _earlier(self, i: int) -> Governed | None:
        """The oblast named last in an earlier sentence of the passage."""
        areas = self._areas_in.get(self._reading.mentions[i].passage, [])
        before = bisect_left(areas, i)
        if before == 0:
            return None
        last = areas[before - 1]
        sentences = self._sentences[i] - self._sentences[last]
        cost = weights.EARLIER_OBLAST * weights.EARLIER_FADES ** max(0, sentences - 1)
        return Governed((self._areas[last],), cost, "in another oblast or raion than the last one named")

    def _owns_next(self, area: int) -> bool:
        """In "Odesa and Kharkiv region's Izium" the region is that of what follows."""
        return OWNS.match(self._text, self._reading.mentions[area].span.end) is not None

    def _closes_a_list(self, area: int) -> bool:
        """Whether the area stands behind settlements, which then are what it is the oblast of."""
        if area == 0 or area - 1 in self._areas or self._owns_next(area):
            return False
        before, here = self._reading.mentions[area - 1], self._reading.mentions[area]
        gap = self._text[before.span.end : here.span.start]
        return before.passage == here.passage and self._choices[area - 1].pointlike and _is_listed(gap)

    def _heading_areas(self, i: int) -> tuple[Place, ...]:
        for heading in self._headings(self._reading.mentions[i].passage):
            if heading in self._areas_in:
                return tuple(self._areas[j] for j in self._areas_in[heading][:LONGEST_LIST])
        return ()

    def _anchors_of(self, relation: Relation) -> frozenset[int]:
        held = (e.anchors for e in self._reading.expressions if e.relation is relation)
        return frozenset(anchor for anchors in held for anchor in anchors)

    def glosses(self) -> list[Gloss]:
        return [
            Gloss(e.gloss_of, anchor, tuple(c.degrees for c in e.compass), e.distance_km)
            for e in self._reading.expressions
            if e.gloss_of is not None and e.relation in (Relation.BEARING, Relation.DISTANCE)
            for anchor in e.anchors
        ]


@lru_cache(maxsize=4096)
def _joins_list(gap: str) -> bool:
    return LISTED.fullmatch(gap.casefold()) is not None


def _is_listed(gap: str) -> bool:
    return len(gap) < LONGEST_GAP and _joins_list(gap)
