"""Whom the words beside a word of saying name, and on which side they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from app.domain.reading import Speaker
from app.domain.vocabulary import PARTIES, Actor, Language, SpeakerSide
from app.reading.speakers.naming import called, one_name, people_in, text_of, with_given_names
from app.reading.text.parsing import Sentence
from app.reading.words.patterns import Hit
from app.reading.words.terms import Office, SideWord, role_words

_ADVERBS = role_words("between")
_LOCAL = role_words("local")
_NEARBY = 5
_NEAR = 3
"""Words between an office and an adjective that states its side."""
_STEM = 5


class Source(NamedTuple):
    name: str
    side: SpeakerSide
    first: int
    last: int
    person: bool = False


@dataclass
class Memory:
    """Who has spoken so far in a report: the last one, and the side of each by name."""

    narrator: Speaker
    last: Speaker | None = None
    known: dict[str, SpeakerSide] = field(default_factory=dict)
    offices: dict[str, SpeakerSide] = field(default_factory=dict)
    full: dict[str, str] = field(default_factory=dict)

    def keep(self, source: Source) -> Speaker:
        word = _key(source.name)
        full = self.full.get(word)
        name = full if full and len(full.split()) > len(source.name.split()) else source.name
        self.known[word], self.full[word] = source.side, name
        self.last = Speaker(name, source.side)
        return self.last

    def again(self, first: int, last: int) -> Source | None:
        """The last speaker, whom words `first` to `last` carry on; None where nobody has spoken."""
        return Source(self.last.name, self.last.side, first, last) if self.last else None


def named(
    sentence: Sentence, start: int, stop: int, memory: Memory, *, before_verb: bool = False, after_verb: bool = False
) -> Source | None:
    """The speaker that words `start` to `stop` name: a person, an office, a side, or the last speaker by a pronoun."""
    offices = [h for h in sentence.offices if start <= h.first and h.last < stop]
    sides = [h for h in sentence.sides if start <= h.first and h.last < stop and not h.term.weak]
    if sentence.lang is not Language.EN and before_verb:
        sides = [h for h in sides if h.term.case in ("nom", "any") or h.term.adjective]
    people = people_in(sentence, start, stop)
    known_people = [h for h in offices if h.term.person]
    people = with_given_names(people, known_people) if known_people else one_name(sentence, people)
    if not offices and not people:
        pronoun = next((h for h in sentence.says if h.term.kind == "pronoun" and start <= h.first < stop), None)
        if pronoun and stop - start <= 4 and memory.last:
            return memory.again(pronoun.first, pronoun.last)
        named = [h for h in sides if h.term.side in ("UA", "RU", "enemy") and _can_speak(sentence, h)]
        if not named or (sentence.lang is not Language.EN and after_verb):
            return None
        return _side_speaks(sentence, named[0], memory)
    title = _title(offices, sides, people)
    if before_verb and not people:
        title = title._replace(last=_complement(sentence, title, stop))
    return _office_speaks(sentence, title, memory)


def _can_speak(sentence: Sentence, hit: Hit[SideWord]) -> bool:
    """A side by name, or troops by an adjective: "Russian forces said"."""
    after = sentence.words[hit.last + 1] if hit.last + 1 < len(sentence.words) else ""
    return not hit.term.adjective or after in ("forces", "troops", "soldiers")


def _side_speaks(sentence: Sentence, hit: Hit[SideWord], memory: Memory) -> Source:
    side = hit.term.side
    if side == "enemy":
        side = "RU" if memory.narrator.side is not SpeakerSide.RU else "UA"
    last = hit.last + hit.term.adjective
    return Source(called(sentence, hit.first, last), SpeakerSide(side), hit.first, last)


class _Title(NamedTuple):
    """What the words `first` to `last` beside a word of saying are made of."""

    offices: Sequence[Hit[Office]]
    people: Sequence[int]
    stated: frozenset[str]
    """Sides that adjectives beside the offices state."""
    first: int
    last: int


def _title(offices: Sequence[Hit[Office]], sides: Sequence[Hit[SideWord]], people: list[int]) -> _Title:
    edges = [h.first for h in offices] + [h.last for h in offices] + people
    first, last = min(edges), max(edges)
    near = [h for h in sides if first - _NEAR <= h.first <= last + _NEAR]
    stated = frozenset([h.term.side for h in near if h.term.side in ("UA", "RU")])
    first = min([first, *[h.first for h in near]])
    titled = any(h.term.side is None or h.term.person for h in offices)
    if len(people) == 1 and offices and not titled:
        people = []  # «Проект DeepState»: the office is the name
    return _Title(offices, people, stated, first, last)


def _office_speaks(sentence: Sentence, title: _Title, memory: Memory) -> Source | None:
    people = title.people
    foreign = _of_state(sentence, title)
    first, last = foreign or (title.first, title.last)
    name = text_of(sentence, people[0], people[-1]) if people else called(sentence, first, last)
    known = memory.known.get(_key(name)) if people else None
    if not title.offices and known is None and not any(b == a + 1 for a, b in pairwise(people)):
        return None  # one capital word alone has to be known
    side = known or _stated_side(title)
    if foreign and not title.stated:
        return Source(name, SpeakerSide.THIRD_PARTY, first, last)
    side = side or _told_side(sentence, title, memory)
    if len(title.stated) > 1:
        side = SpeakerSide.MEDIA
    elif office := _office_key(sentence, title):
        memory.offices[office] = side
    if not people and not title.stated and side in (SpeakerSide.MEDIA, SpeakerSide.THIRD_PARTY):
        spoken_on = _nobody_new(sentence, title.offices, side, memory)
        if spoken_on:
            return Source(spoken_on.name, spoken_on.side, title.first, title.last)
    return Source(name, side, title.first, title.last, person=bool(people))


_BESIDE = 2
"""Words between a state and its office: "Ministry of Defence of the United Kingdom"."""


def _of_state(sentence: Sentence, title: _Title) -> tuple[int, int] | None:
    """The words of an office with the state beside it that is no party: "Germany's Defence Ministry"."""
    if not title.offices or not sentence.states:
        return None
    begin, end = min(h.first for h in title.offices), max(h.last for h in title.offices)
    for hit in sentence.states:
        before, after = begin - hit.last, hit.first - end
        following = sentence.words[end + 1] if end + 1 < len(sentence.words) else ""
        belongs = sentence.lang is not Language.EN or following == "of"
        if 0 < before <= _BESIDE or (0 < after <= _BESIDE + 1 and belongs):
            return min(title.first, hit.first), max(title.last, hit.last)
    return None


_COMPLEMENTS = frozenset(["to", "of", "for"])
_LONGEST_COMPLEMENT = 8


def _complement(sentence: Sentence, title: _Title, stop: int) -> int:
    """The last word of an English office said by a common noun: "adviser to the president's office"."""
    last = title.last
    plain = sentence.lang is Language.EN and not any(sentence.capital(i) for i in range(title.first, last + 1))
    if not plain or not last + 2 < stop <= last + _LONGEST_COMPLEMENT:
        return last
    if _COMPLEMENTS.isdisjoint(sentence.words[last : last + 2]):
        return last
    while sentence.words[stop - 1].endswith("ly") or sentence.words[stop - 1] in _ADVERBS:
        stop -= 1
    return stop - 1


def _key(name: str) -> str:
    """What a name is remembered by: the stem of its last word, whatever its case; nothing for a publisher unnamed."""
    return "".join(name.split()[-1:]).lower()[:_STEM]


def _office_key(sentence: Sentence, title: _Title) -> str:
    """What an office without a side of its own is remembered by."""
    offices = [h for h in title.offices if h.term.side is None]
    return " ".join(w[:_STEM] for h in offices for w in sentence.words[h.first : h.last + 1])


_PICTURES = ("footage", "video", "image", "photo", "відео", "видео", "фото", "кадр")
_ANALYSTS = ("analyst", "expert", "аналітик", "експерт", "аналитик", "эксперт")


def _nobody_new(
    sentence: Sentence, offices: Sequence[Hit[Office]], side: SpeakerSide, memory: Memory
) -> Speaker | None:
    """Unnamed sources of a party are the party's; bare "analysts" after a named institute are that institute's."""
    word = sentence.words[offices[0].first] if offices else ""
    if word.startswith(_PICTURES):
        return memory.narrator
    if side is SpeakerSide.THIRD_PARTY:
        return memory.last if word.startswith(_ANALYSTS) else None
    capital = offices and sentence.capital(offices[0].first) and offices[0].first > 0
    return memory.narrator if memory.narrator.side in PARTIES and not capital else None


def _stated_side(title: _Title) -> SpeakerSide | None:
    """The side that an adjective or the office itself tells; an analyst stays one whatever the adjective."""
    people_first = sorted(title.offices, key=lambda h: not h.term.person) if len(title.offices) > 1 else title.offices
    own = [h.term.side for h in people_first if h.term.side]
    neutral = [s for s in own if s in (SpeakerSide.THIRD_PARTY, SpeakerSide.MEDIA)]
    if len(title.stated) == 1 and not (neutral and neutral[0] is SpeakerSide.THIRD_PARTY):
        return SpeakerSide(next(iter(title.stated)))
    return own[0] if own else None


def _told_side(sentence: Sentence, title: _Title, memory: Memory) -> SpeakerSide:
    """The side of an office that either may have: by its region, by what was said before, by the report."""
    said = next((s.first for s in sentence.says if s.first > title.last and s.term.kind == "verb"), len(sentence.words))
    nearby = range(title.first - _NEARBY, min(said, title.last + _NEARBY))  # what is said tells of others
    if any(hit.first in nearby and hit.term.official for hit in sentence.regions):
        return SpeakerSide.RU
    if sentence.in_russia:
        return SpeakerSide.RU
    if (before := memory.offices.get(_office_key(sentence, title))) is not None:
        return before
    local = not _LOCAL.isdisjoint(sentence.words[title.first : title.last + 1])
    if local and sentence.named and not _told_of_regions(sentence, said):
        return SpeakerSide.UA  # "drones struck Odesa, officials said": those of where it happened
    if any(title.last < i < title.last + 3 for i in sentence.named):
        return SpeakerSide.UA  # "the governor of Kharkiv region", where the place is none of Russia's
    last = memory.last.side if memory.last else memory.narrator.side
    return (
        SpeakerSide.RU
        if SpeakerSide.RU in (last, memory.narrator.side) and last is not SpeakerSide.UA
        else SpeakerSide.UA
    )


def _told_of_regions(sentence: Sentence, said: int) -> bool:
    """Whether a region of Russia, or one held by it, is named before the word of saying."""
    return any(hit.first < said for hit in sentence.regions)


_OWN = {SpeakerSide.UA: Actor.UA, SpeakerSide.RU: Actor.RU}


def own_actor(side: SpeakerSide) -> Actor:
    """The side that "our troops" are in a speaker's mouth."""
    return _OWN.get(side, Actor.UNKNOWN)
