"""Reports of 500 words, made of the sample reports and the passages of tests/corpus; and texts of one thing only."""

from collections.abc import Iterable, Iterator

from app.domain.report import Report
from app.domain.vocabulary import Language
from app.sources.samples import sample_reports
from tests.corpus.passages import passages

WORDS = 500


def samples(lang: Language) -> list[Report]:
    return list(_joined(report for report in sample_reports() if report.lang is lang))


def corpus(lang: Language) -> list[Report]:
    """Other places in every sentence, far more of them than a report names: the hardest to read."""
    return list(_joined(passage.marked.report for passage in passages() if passage.marked.lang == lang))


def _joined(reports: Iterable[Report]) -> Iterator[Report]:
    held: list[str] = []
    for report in reports:
        held += (*report.text.split(" "), "\n\n")
        while len(held) >= WORDS:
            yield Report(" ".join(held[:WORDS]), report.published, "The wire")
            held = held[WORDS:]


MONOTONOUS = {
    "names": "Bakhmut, Avdiivka, Kupiansk, Lyman, Kreminna, Svatove, Orikhiv, Robotyne, ",
    "lines of names": "Bakhmut\nAvdiivka\nKupiansk\nAndriivka\nIvanivka\n",
    "namesakes": "Андріївка, Іванівка, Михайлівка, Олександрівка, Миколаївка, ",
    "no full stop": "Russian troops shelled the village of Klishchiivka south of Bakhmut and fell back near Andriivka ",
    "headings": "Bakhmut direction:\n",
    "open brackets": "((((((((((",
    "brackets": "(Bakhmut) [Lyman] ",
    "and": "and A and B and C ",
    "capitals": "RUSSIAN TROOPS ATTACKED NEAR BAKHMUT AND WERE REPELLED. ",
    "digits": "1234567890 ",
    "lists of numbers": "1,2,3,4,5,6,7,8,9,",
    "mixed scripts": "Бахмyт Bахмут аnd Kуп'янськ ",
    "dashes": "Bakhmut – Lyman – Kupiansk – ",
    "bearings": "south of Bakhmut and north of Lyman and ",
    "elliptic directions": "на Бахмут, на Лиман, ",
    "unknown names": "near Xyzvotsk, Qwertypol, Zxcvbnmivka, ",
    "open quotes": '"Bakhmut" said "Lyman ',
    "speakers": "Syrskyi said that Russian forces attacked Bakhmut on Monday. ",
    "html": "<p>Russian troops <b>attacked</b> Bakhmut</p> ",
    "torn tags": "<a <a <a <",
    "one word": "a",
    "blank lines": "\n \n",
    "stops": ". . . ",
    "distances": "5 km from Bakhmut, 10 km south of Lyman, ",
    "accents": "Ба\u0301хмут ",
    "referring back": "Bakhmut was shelled. In the city and in the region two houses burned. ",
}
