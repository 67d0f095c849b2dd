"""Which names are read from a sentence, and whether the place itself is meant."""

from datetime import date

import pytest

from app.domain.reading import Mention
from app.domain.report import Report
from app.domain.vocabulary import PlaceKind, Use
from app.gazetteer.open import Gazetteer
from app.reading.read import read


def mentions(text: str, atlas: Gazetteer) -> tuple[Mention, ...]:
    return read(Report(text, date(2023, 11, 5), "a paper"), atlas).mentions


def literal(text: str, atlas: Gazetteer) -> list[str]:
    return [m.surface for m in mentions(text, atlas) if m.use is Use.LITERAL]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # the longest name, and the generic word that belongs to it
        ("Fighting near Chasiv Yar in Donetsk Oblast", ["Chasiv Yar", "Donetsk Oblast"]),
        ("Обстріляно Козачу Лопань Харківської області", ["Козачу Лопань", "Харківської області"]),
        ("Shells fell in Kherson City and Kherson region", ["Kherson City", "Kherson region"]),
        ("Troops crossed the Dnipro River", ["Dnipro River"]),
        ("Attacks near Bila Hora–Andriivka", ["Bila Hora", "Andriivka"]),
        ("Бої біля Оріхово-Василівки", ["Оріхово-Василівки"]),
        # lists share a generic word
        ("Drones flew over Kharkiv, Sumy and Poltava regions", ["Kharkiv", "Sumy", "Poltava regions"]),
        ("in the regions of Chernihiv and Lviv", ["Chernihiv", "Lviv"]),
        ("У Запорізькій та Херсонській областях", ["Запорізькій", "Херсонській областях"]),
        # adjectives count before a direction, an oblast, a district only
        ("На Куп'янському та Лиманському напрямках тихо", ["Куп'янському", "Лиманському"]),
        ("Бериславська громада під вогнем, бердянські рибалки ні", ["Бериславська"]),
        ("Ситуация на донецком направлении", ["донецком"]),
        # misspelt, where a place is expected
        ("Clashes were reported near Marrinka and Avdeevka", ["Marrinka", "Avdeevka"]),
        ("Бої точаться поблизу Адіївки", ["Адіївки"]),
        # not in the gazetteer, where only a place can stand
        ("Загинув житель села Небувалівщина", ["Небувалівщина"]),
        # capitals
        ("РОСІЯНИ АТАКУВАЛИ ХАРКІВ", ["ХАРКІВ"]),
        ("Explosions in Kyiv", ["Kyiv"]),
        ("Kyiv, Kharkiv and Odesa were attacked", ["Kyiv", "Kharkiv", "Odesa"]),
        ("война на востоке Украины", ["Украины"]),
        ("Росіяни обстріляли Україну", ["Україну"]),
    ],
)
def test_places(text: str, names: list[str], atlas: Gazetteer) -> None:
    assert literal(text, atlas) == names


@pytest.mark.parametrize(
    "text",
    [
        # governments
        "Kyiv said that the attack had failed.",
        "Moscow denied the claim.",
        "Russia launched forty drones.",
        "Washington and London promised help.",
        "Москва заявила о потерях.",
        "Київ відкинув звинувачення.",
        "Support for Ukraine is growing.",
        # organisations, offices, units
        "The Armed Forces of Ukraine reported it.",
        "The Black Sea Fleet left port.",
        "Belgorod governor Vyacheslav Gladkov spoke.",
        "Kharkiv Regional Military Administration posted a photo.",
        "The Luhansk People's Republic forces withdrew.",
        "The 80th Lviv Air Assault Brigade returned.",
        "80-та окрема десантно-штурмова Львівська бригада відзначилася.",
        "Командування ОСУВ «Хортиця» повідомило про це.",
        "Группировка войск «Днепр» отчиталась.",
        "Одесская областная прокуратура открыла дело.",
        "Мэр Харькова Игорь Терехов выступил.",
        "Очільник Херсонської ОВА повідомив про це.",
        "Удар по шахтоуправлінню «Покровське» підтвердили.",
        "Moscow's forces and Kyiv-backed groups met.",
        "RBC-Ukraine published the story.",
        # streets, datelines, demonyms, persons
        "Пожежу на вулиці Донецькій загасили.",
        "A shop on Kyivska Street burned.",
        "KYIV, Ukraine (Agency) — The talks ended.",
        "Комбат Андрій Шевченко розповів про це.",
        "Ukrainian and Russian officials met.",
        # ordinary words that villages bear
        "Перемога буде за нами.",
        "Победа будет за нами.",
        "Атаки отбиты, потерь нет.",
        "Nice weather is expected.",
        # addresses and markup
        '<a href="https://example.org/Bakhmut">Read more</a>',
        "See https://example.org/news/Kherson and @Kharkiv_live",
    ],
)
def test_no_place_is_meant(text: str, atlas: Gazetteer) -> None:
    assert literal(text, atlas) == []


@pytest.mark.parametrize(
    ("text", "surface", "kinds"),
    [
        ("Обстріляно село Степове", "Степове", {PlaceKind.SETTLEMENT, PlaceKind.CITY}),
        ("Shells hit the village of Pervomaiske", "Pervomaiske", {PlaceKind.SETTLEMENT, PlaceKind.CITY}),
        ("на східному березі річки Оскіл", "Оскіл", {PlaceKind.RIVER, PlaceKind.SEA}),
        ("Fire was opened across the Dnipro", "Dnipro", {PlaceKind.RIVER, PlaceKind.SEA}),
        ("In Nikopol district two people died", "Nikopol district", {PlaceKind.RAION}),
        ("Fighting near Bakhmut", "Bakhmut", set()),
    ],
)
def test_neighbours_demand_a_kind(text: str, surface: str, kinds: set[PlaceKind], atlas: Gazetteer) -> None:
    found = next(mention for mention in mentions(text, atlas) if mention.surface == surface)
    assert found.kinds == kinds


def test_an_alias_in_brackets_is_no_second_place(atlas: Gazetteer) -> None:
    assert literal("Бои у Артёмовска (Бахмута) продолжаются", atlas) == ["Артёмовска"]


def test_what_is_guessed_says_so(atlas: Gazetteer) -> None:
    found = mentions("Бої точаться поблизу Адіївки та Бахмута", atlas)
    assert [(m.surface, m.fuzzy) for m in found] == [("Адіївки", True), ("Бахмута", False)]
