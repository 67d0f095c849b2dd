"""Any number of reports as JSON lines, of our own making, mixed as a real archive is: for tests and measurements.

    python -m tests.bench.synthetic 100000 archive.jsonl

Three languages; briefings of both sides, wire stories that quote one or both, short posts, and what is no war news. Of
100 lines about 7 are a text reprinted by another outlet, 3 the same line again, 2 an edited state of a page. Few places
are fought over for weeks, then others are. The same number and seed give the same lines.
"""

import csv
import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

FIRST_DAY = date(2022, 3, 1)
REPORTS_A_DAY = 67
"""However many reports there are: a longer archive is one of more days, as it is in life."""
WEEKS_AT_ONE_FRONT, HOT, WARM = 3, 8, 40
SETTLEMENTS = Path(__file__).parent.parent.parent / "geodata" / "settlements.csv"

Line = dict[str, str]
LANGUAGES = ("en", "uk", "ru")
WEIGHTS = (40, 35, 25)


class Town(NamedTuple):
    en: str
    uk: str
    ru: str
    lon: float
    lat: float


PUBLISHERS = {
    "en": ("Harbour Wire", "Evening Herald", "The Observer of Fronts", "Northern Dispatch"),
    "uk": ("Степова правда", "Вечірня пошта", "Вісник громади", "Новини краю"),
    "ru": ("Волжский вестник", "Утренняя газета", "Линия сводок", "Полевая почта"),
}
BRIEFING = {
    "en": "The General Staff of the Armed Forces of Ukraine said that over the past day {n} combat clashes took place."
    " Ukrainian troops repelled attacks near {a}, {b} and {c}. Russian forces shelled {d} and {e} with artillery.",
    "uk": "Генеральний штаб ЗСУ повідомив, що минулої доби відбулося {n} бойових зіткнень. Українські воїни відбили"
    " атаки противника в районах населених пунктів {a}, {b} та {c}. Артилерійських обстрілів зазнали {d}, {e}.",
    "ru": "Министерство обороны России сообщило, что за сутки отражены {n} атак украинских подразделений в районах"
    " населённых пунктов {a}, {b} и {c}. Поражены скопления живой силы в районах населённых пунктов {d} и {e}.",
}
STORY = {
    "en": (
        "Russian troops advanced {wind} of {a} on {day}, Russia's Defence Ministry said. The General Staff denied it.",
        "Drones struck {a} overnight, the regional administration said; {n} houses were damaged in {b}.",
        "Ukrainian forces made gains {km} km {wind} of {a}, footage of {day} shows. None of it could be verified.",
        "Shelling killed two people in {a}, police said. Fighting continues on the outskirts of {b}.",
    ),
    "uk": (
        "Російські війська просунулися поблизу населеного пункту {a}, повідомляють аналітики. Генштаб це заперечив.",
        "Вночі безпілотники атакували {a}, повідомила обласна адміністрація; пошкоджено {n} будинків.",
        "За {km} км на {wind} від населеного пункту {a} тривають бої, сказав речник угруповання. Ворог обстріляв {b}.",
        "Через обстріл у населеному пункті {a} поранено двох людей, повідомила поліція.",
    ),
    "ru": (
        "Российские войска продвинулись у населённого пункта {a}, сообщило Минобороны. Генштаб ВСУ это опроверг.",
        "Ночью беспилотники атаковали {a}, сообщили местные власти; повреждены {n} домов.",
        "В {km} км к {wind} от населённого пункта {a} продолжаются бои, сообщил представитель группировки войск.",
        "В результате обстрела населённого пункта {a} ранены два человека. Обстрелян и населённый пункт {b}.",
    ),
}
WINDS = {"en": ("north", "south", "west", "north-east"), "uk": ("північ", "південь", "захід"), "ru": ("северу", "югу")}
QUIET = {
    "en": "The council met on {day} to talk about school repairs, a new bus timetable and the harvest.",
    "uk": "Рада громади обговорила ремонт школи, розклад автобусів і врожай.",
    "ru": "На заседании совета обсудили ремонт школы, расписание автобусов и урожай.",
}
REPRINT = {
    "en": "News of the day.\n\n{text}\n\nSubscribe to our evening letter.\n",
    "uk": "Зведення дня.\n\n{text}\n\nПідписуйтеся на вечірній лист.\n",
    "ru": "Сводка дня.\n\n{text}\n\nПодписывайтесь на вечернее письмо.\n",
}
ADDED = {
    "en": "This story was updated: {a} was shelled again.",
    "uk": "Оновлено: знову обстріляно {a}.",
    "ru": "Обновлено: снова обстрелян населённый пункт {a}.",
}


def archive(number: int, seed: int = 1) -> Iterator[Line]:
    """So many lines, in the order of their days."""
    chance = random.Random(seed)
    front = _Front(chance)
    days = max(1, number // REPORTS_A_DAY)
    today: list[Line] = []
    for index in range(number):
        day = FIRST_DAY + timedelta(days=index * days // number)
        if today and today[-1]["published"] != day.isoformat():
            today = []
        line = _line(index, day, today, front, chance)
        today.append(line)
        yield line


def _line(index: int, day: date, today: list[Line], front: "_Front", chance: random.Random) -> Line:
    dice = chance.random() if today else 1.0
    if dice < 0.03:
        return chance.choice(today)
    if dice < 0.05:
        return _edited(chance.choice(today), front.towns(day, 1), day)
    if dice < 0.12:
        return _reprinted(chance.choice(today), index, chance)
    return _new(index, day, front, chance)


def _new(index: int, day: date, front: "_Front", chance: random.Random) -> Line:
    [lang] = chance.choices(LANGUAGES, WEIGHTS)
    kind = chance.random()
    parts = [BRIEFING[lang]] if kind < 0.25 else chance.sample(STORY[lang], 1 if kind < 0.55 else 3)
    if kind > 0.9:
        parts = [QUIET[lang]]
    text = "\n\n".join(_filled(part, lang, day, front, chance) for part in parts)
    publisher = chance.choice(PUBLISHERS[lang])
    return _as_line(index, text, day, publisher, lang)


def _as_line(index: int, text: str, day: date, publisher: str, lang: str) -> Line:
    url = f"https://{lang}-{PUBLISHERS[lang].index(publisher)}.example/{day:%Y/%m/%d}/{index}"
    stated = {"published": day.isoformat(), "publisher": publisher, "url": url, "lang": lang}
    return {"id": str(index), "text": text + "\n", "title": f"{publisher}, {day}", **stated}


def _filled(template: str, lang: str, day: date, front: "_Front", chance: random.Random) -> str:
    names = [getattr(town, lang) for town in front.towns(day, 5)]
    values = dict(zip("abcde", names, strict=True))
    wind = chance.choice(WINDS[lang])
    return template.format(**values, n=chance.randint(3, 90), km=chance.randint(2, 15), wind=wind, day=f"{day:%A}")


def _reprinted(line: Line, index: int, chance: random.Random) -> Line:
    lang = line["lang"]
    others = [publisher for publisher in PUBLISHERS[lang] if publisher != line["publisher"]]
    text = REPRINT[lang].format(text=line["text"].strip())
    return _as_line(index, text.strip(), date.fromisoformat(line["published"]), chance.choice(others), lang)


def _edited(line: Line, towns: list[Town], day: date) -> Line:
    added = ADDED[line["lang"]].format(a=getattr(towns[0], line["lang"]))
    return {**line, "text": f"{line['text']}\n{added}\n"}


class _Front:
    """Which towns are fought over: a few most of the time, their neighbours now and then."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        with SETTLEMENTS.open(encoding="utf-8") as stream:
            rows = [row for row in csv.DictReader(stream) if row["name_ru"]]
        self._all = [
            Town(row["name_en"], row["name_uk"], row["name_ru"], float(row["lon"]), float(row["lat"])) for row in rows
        ]
        self._near: dict[int, list[Town]] = {}

    def towns(self, day: date, number: int) -> list[Town]:
        era = (day - FIRST_DAY).days // (7 * WEEKS_AT_ONE_FRONT)
        if era not in self._near:
            middle = random.Random(era).choice(self._all)
            distance = {town: (town.lon - middle.lon) ** 2 + (town.lat - middle.lat) ** 2 for town in self._all}
            self._near = {era: sorted(self._all, key=distance.__getitem__)[:WARM]}
        near = self._near[era]
        hot = self._chance.sample(near[:HOT], min(number, HOT))
        return [town if self._chance.random() < 0.7 else self._chance.choice(near) for town in hot]


def main() -> None:
    number, path = int(sys.argv[1]), Path(sys.argv[2])
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in archive(number))


if __name__ == "__main__":
    main()
