"""The word lists that claims are read with, loaded once for each language."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from app.domain.vocabulary import ClaimStatus, Event, Language, Outcome, SpeakerSide, TimePrecision
from app.reading.words.lists import word_list
from app.reading.words.patterns import Patterns

Voice = Literal["active", "passive", "impersonal", "noun"]
Case = Literal["nom", "gen", "dat", "ins", "any"]
Party = Literal["UA", "RU", "enemy", "own", "self"]


@dataclass(frozen=True, slots=True)
class EventWord:
    """`event` is one of the contract's, or a family (attack, strike, blast, harm) that the means settle; "" is none."""

    event: str
    voice: Voice
    outcome: Outcome | None
    default: Literal["own", "other", "from", "moved"] | None
    object: bool = False
    """Of a noun: the genitive beside it is whom it befalls."""


@dataclass(frozen=True, slots=True)
class Means:
    event: Event | None
    """None for means that only support an attack by others."""


@dataclass(frozen=True, slots=True)
class Modifier:
    kind: Literal[
        "not", "unreal", "background", "aside", "attempt", "fail", "success", "partial", "ongoing", "mutual", "month"
    ]
    reach: Literal["next", "near", "clause", "sentence"]


@dataclass(frozen=True, slots=True)
class Join:
    kind: Literal["plain", "turn", "apart", "relative", "under", "backdrop", "answered"]


@dataclass(frozen=True, slots=True)
class SideWord:
    side: Party
    case: Case
    adjective: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class Office:
    """`side` is None where an adjective or a place beside the office has to tell; a `person` is named, not titled."""

    side: SpeakerSide | None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """What an office or a kind of speaker is called, in the nominative."""

    name: str


@dataclass(frozen=True, slots=True)
class State:
    """A state that is no party, by name or as an adjective."""


@dataclass(frozen=True, slots=True)
class Say:
    kind: Literal["verb", "denial", "phrase", "vague", "pronoun"]
    status: ClaimStatus | None


@dataclass(frozen=True, slots=True)
class Doubt:
    reach: Literal["report", "paragraph"]


@dataclass(frozen=True, slots=True)
class Region:
    """A place whose strikes are Ukraine's (`held` RU), or may be anyone's (None)."""

    side: Literal["RU"] | None
    official: Literal["RU"] | None
    """Whose the governors and mayors named after it are."""


@dataclass(frozen=True, slots=True)
class Month:
    number: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """Monday is 0."""

    number: int


@dataclass(frozen=True, slots=True)
class DayPhrase:
    """Days counted from publication, or a named `span` that the report's hour or the calendar settles."""

    start: int
    end: int
    precision: TimePrecision
    span: str | None


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a date and bends it: in, since, night, next, last; or the header of a bulletin."""

    kind: Literal["in", "since", "night", "next", "last", "header", "morning", "evening"]


@dataclass(frozen=True, slots=True)
class Country:
    """A whole country, which a finer place beside it makes superfluous."""


Timeword = Month | Weekday | DayPhrase | Lead
Telling = Office | Title | State | Say | Doubt
Term = Timeword | EventWord | Means | Modifier | Join | SideWord | Telling | Region | Country


@cache
def patterns(lang: Language) -> Patterns[Term]:
    """Every word list of one language."""
    return Patterns([*_events(lang), *_modifiers(lang), *_sides(lang), *_speakers(lang), *_dates(lang)])


@cache
def publishers() -> tuple[tuple[str, SpeakerSide], ...]:
    """Words in a publisher's name, longest first, with the side they tell."""
    rows = [(w, SpeakerSide(entry["side"])) for entry in word_list("speakers")["publisher"] for w in entry["words"]]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def role_words(kind: str) -> frozenset[str]:
    """The small words of one kind that tell the role of a side."""
    return frozenset(word_list("roles")[kind]["words"])


def _events(lang: Language) -> Iterator[tuple[str, Term]]:
    for entry in (*word_list("events")["event"], *word_list("strikes")["event"]):
        outcome = Outcome(entry["outcome"]) if "outcome" in entry else None
        term = EventWord(entry["event"], entry["voice"], outcome, entry.get("default"), entry.get("object", False))
        yield from ((pattern, term) for pattern in entry[lang])
    for entry in word_list("means")["means"]:
        yield from ((pattern, Means(Event(entry["event"]) if entry["event"] else None)) for pattern in entry[lang])


def _modifiers(lang: Language) -> Iterator[tuple[str, Term]]:
    for entry in word_list("modifiers")["modifier"]:
        yield from ((pattern, Modifier(entry["kind"], entry["reach"])) for pattern in entry[lang])
    for entry in word_list("clauses")["join"]:
        yield from ((pattern, Join(entry["kind"])) for pattern in entry[lang])


def _sides(lang: Language) -> Iterator[tuple[str, Term]]:
    for entry in word_list("sides")["side"]:
        for case, forms in entry[lang].items():
            term = SideWord(entry["side"], case, entry.get("adjective", False), entry.get("weak", False))
            yield from ((pattern, term) for pattern in forms)


def _speakers(lang: Language) -> Iterator[tuple[str, Term]]:
    data = word_list("speakers")
    for entry in data["office"]:
        side = SpeakerSide(entry["side"]) if entry["side"] else None
        yield from ((pattern, Office(side)) for pattern in entry[lang])
    for entry in data["person"]:
        yield from ((pattern, Office(SpeakerSide(entry["side"]), person=True)) for pattern in entry[lang])
    for entry in word_list("titles")["title"]:
        if entry["lang"] == lang:
            yield from ((pattern, Title(name)) for name, pattern in entry["forms"].items())
    for entry in word_list("titles")["state"]:
        yield from ((pattern, State()) for pattern in entry[lang])
    for entry in data["say"]:
        status = ClaimStatus(entry["status"]) if "status" in entry else None
        yield from ((pattern, Say(entry["kind"], status)) for pattern in entry[lang])
    for entry in data["doubt"]:
        yield from ((pattern, Doubt(entry["reach"])) for pattern in entry[lang])
    for entry in data["country"]:
        yield from ((pattern, Country()) for pattern in entry["words"])
    for entry in data["region"]:
        yield from ((pattern, Region(entry["side"] or None, entry["official"] or None)) for pattern in entry["words"])


def _dates(lang: Language) -> Iterator[tuple[str, Term]]:
    data = word_list("dates")
    for kind, term in (("month", Month), ("weekday", Weekday)):
        for number, forms in data[kind][0][lang].items():
            yield from ((form, term(int(number))) for form in forms)
    for entry in data["phrase"]:
        precision = TimePrecision(entry.get("precision", "day"))
        phrase = DayPhrase(entry.get("from", 0), entry.get("to", 0), precision, entry.get("span"))
        yield from ((pattern, phrase) for pattern in entry[lang])
    numbers = {int(number): "|".join(words) for number, words in data["number"][0][lang].items()}
    yield from _counted(data["counted"], numbers, lang)
    yield from _ago(data["ago"], numbers, lang)
    for entry in data["before"]:
        yield from ((pattern, Lead(entry["kind"])) for pattern in entry[lang])
    for entry in data["header"]:
        yield from ((pattern, Lead(entry["kind"])) for pattern in entry[lang])


_WEEK = 7


def _counted(entries: list[dict[str, Any]], numbers: dict[int, str], lang: Language) -> Iterator[tuple[str, Term]]:
    """So many days, weeks or months up to publication; what is shorter than a week is told to the day."""
    for entry in entries:
        for number in entry.get("counts", numbers):
            days = number * entry["days"]
            precision = TimePrecision(entry["precision"]) if days >= _WEEK else TimePrecision.DAY
            phrase = DayPhrase(-days, 0, precision, None)
            yield from ((pattern.replace("#", f"({numbers[number]})"), phrase) for pattern in entry[lang])


def _ago(entries: list[dict[str, Any]], numbers: dict[int, str], lang: Language) -> Iterator[tuple[str, Term]]:
    """So many days, weeks or months before publication, give or take the `slack`."""
    for entry in entries:
        precision, slack = TimePrecision(entry.get("precision", "day")), entry.get("slack", 0)
        for number, words in numbers.items():
            days = number * entry["days"]
            phrase = DayPhrase(-days - slack, slack - days, precision, None)
            yield from ((pattern.replace("#", f"({words})"), phrase) for pattern in entry[lang])
