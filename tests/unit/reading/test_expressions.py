"""Which phrases place something, and relative to what: every relation in three languages."""

from datetime import date

import pytest

from app.domain.reading import Reading
from app.domain.report import Report
from app.gazetteer.open import Gazetteer
from app.reading.read import read

Told = tuple[str, list[str], str, float | None]


def reading(text: str, atlas: Gazetteer) -> Reading:
    return read(Report(text, date(2023, 11, 5), "a paper"), atlas)


def told(text: str, atlas: Gazetteer) -> list[Told]:
    found = reading(text, atlas)
    return [
        (e.relation.value, [found.mentions[i].surface for i in e.anchors], " ".join(e.compass), e.distance_km)
        for e in found.expressions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # bearings
        ("Fighting continues south of Bakhmut", [("bearing", ["Bakhmut"], "S", None)]),
        ("Attacks north and south of the city of Bakhmut", [("bearing", ["Bakhmut"], "N S", None)]),
        ("a strike 4 km north-west of Klishchiivka", [("bearing", ["Klishchiivka"], "NW", 4.0)]),
        ("some ten miles north-northeast of Lyman", [("bearing", ["Lyman"], "NNE", 16.09344)]),
        ("5-7 kilometers east of Kupiansk", [("bearing", ["Kupiansk"], "E", 6.0)]),
        ("20 kilometers (12 miles) southwest of Donetsk", [("bearing", ["Donetsk"], "SW", 20.0)]),
        ("west of Robotyne and Verbove", [("bearing", ["Robotyne", "Verbove"], "W", None)]),
        ("Бої на північ та на південь від Бахмута", [("bearing", ["Бахмута"], "N S", None)]),
        ("за 3 км на північний захід від Авдіївки", [("bearing", ["Авдіївки"], "NW", 3.0)]),
        ("Атака південно-східніше Роботиного", [("bearing", ["Роботиного"], "SE", None)]),
        ("бои в 1,5 км к юго-западу от Марьинки", [("bearing", ["Марьинки"], "SW", 1.5)]),
        ("в пяти километрах северо-западнее Авдеевки", [("bearing", ["Авдеевки"], "NW", 5.0)]),
        ("к западу-юго-западу от Купянска", [("bearing", ["Купянска"], "WSW", None)]),
        # a depth of advance is no distance
        ("Troops advanced 2 km west of Avdiivka", [("bearing", ["Avdiivka"], "W", None)]),
        ("Войска продвинулись на 2 км западнее Марьинки", [("bearing", ["Марьинки"], "W", None)]),
        # the capital and another town under one verb; a visit is no event
        (
            "In Kyiv sirens went off. Missiles hit the capital and the port of Odesa.",
            [("at", ["Kyiv"], "", None), ("at", ["Odesa", "Kyiv"], "", None)],
        ),
        ("The minister praised Kyiv, the capital and Odesa.", []),
        # distances
        ("a depot 15 km from Pokrovsk", [("distance", ["Pokrovsk"], "", 15.0)]),
        ("за 20 км від Запоріжжя", [("distance", ["Запоріжжя"], "", 20.0)]),
        ("в 500 м от Работино", [("distance", ["Работино"], "", 0.5)]),
        ("1,450 km from Kyiv", [("distance", ["Kyiv"], "", 1450.0)]),
        # near, outskirts, toward
        ("Attacks near Synkivka, Terny and Torske", [("near", ["Synkivka", "Terny", "Torske"], "", None)]),
        ("in the Bakhmut area", [("near", ["Bakhmut"], "", None)]),
        (
            "атаки в районах населених пунктів Синьківка, Терни Донецької області",
            [("near", ["Синьківка", "Терни"], "", None)],
        ),
        ("Бои у Новомихайловки", [("near", ["Новомихайловки"], "", None)]),
        ("on the northern outskirts of Avdiivka", [("outskirts", ["Avdiivka"], "N", None)]),
        ("на західній околиці Торецька", [("outskirts", ["Торецька"], "W", None)]),
        ("вышли на окраины города Марьинка", [("outskirts", ["Марьинка"], "", None)]),
        ("advanced towards Robotyne", [("toward", ["Robotyne"], "", None)]),
        ("наступ у бік Греківки", [("toward", ["Греківки"], "", None)]),
        ("подошли к Авдеевке", [("toward", ["Авдеевке"], "", None)]),
        # parts
        ("in western Zaporizhzhia Oblast", [("part", ["Zaporizhzhia Oblast"], "W", None)]),
        ("A shop in central Kharkiv burned", [("part", ["Kharkiv"], "", None)]),
        ("на півдні Запорізької області", [("part", ["Запорізької області"], "S", None)]),
        ("у північній частині Вовчанська", [("part", ["Вовчанська"], "N", None)]),
        ("в центре Марьинки", [("part", ["Марьинки"], "", None)]),
        ("the eastern city of Kramatorsk was hit", [("at", ["Kramatorsk"], "", None)]),
        # between, axis
        ("Fighting between Avdiivka and Marinka", [("between", ["Avdiivka", "Marinka"], "", None)]),
        ("між Андріївкою та Курдюмівкою", [("between", ["Андріївкою", "Курдюмівкою"], "", None)]),
        ("on the Svatove-Kreminna line", [("axis", ["Svatove", "Kreminna"], "", None)]),
        ("на трасі Бахмут – Слов'янськ", [("axis", ["Бахмут", "Слов'янськ"], "", None)]),
        (
            "у напрямках Біла Гора – Андріївка та Біла Гора – Курдюмівка",
            [("axis", ["Біла Гора", "Андріївка"], "", None), ("axis", ["Біла Гора", "Курдюмівка"], "", None)],
        ),
        ("moved from Melitopol to Tokmak", [("axis", ["Melitopol", "Tokmak"], "", None)]),
        ("линия обороны от Васильевки до Вербового", [("axis", ["Васильевки", "Вербового"], "", None)]),
        # directions
        ("in the Lyman direction", [("operational_direction", ["Lyman"], "", None)]),
        (
            "На Куп'янському та Лиманському напрямках",
            [("operational_direction", ["Куп'янському", "Лиманському"], "", None)],
        ),
        ("На Авдеевском участке фронта", [("operational_direction", ["Авдеевском"], "", None)]),
        ("in the direction of Pokrovsk", [("operational_direction", ["Pokrovsk"], "", None)]),
        ("в напрямку Новоданилівки", [("toward", ["Новоданилівки"], "", None)]),
        # along
        ("on the left bank of the Dnipro River", [("along", ["Dnipro River"], "", None)]),
        ("уздовж річки Оскіл", [("along", ["Оскіл"], "", None)]),
        ("на правом берегу Днепра", [("along", ["Днепра"], "", None)]),
        # at: behind prepositions and verbs, before verbs, in bare lists
        ("Two died in Nikopol", [("at", ["Nikopol"], "", None)]),
        ("The army captured Vuhledar", [("at", ["Vuhledar"], "", None)]),
        ("Lysychansk had been shelled", [("at", ["Lysychansk"], "", None)]),
        ("обстріляли з мінометів Нікополь", [("at", ["Нікополь"], "", None)]),
        ("Під обстрілом Оріхів, Гуляйполе", [("at", ["Оріхів", "Гуляйполе"], "", None)]),
        ("Airstrikes: Vovchansk, Kozacha Lopan", [("at", ["Vovchansk", "Kozacha Lopan"], "", None)]),
        # only talked about
        ("Pokrovsk is a hub for supplies", []),
        ("Russia annexed Crimea in 2014", []),
        ("the war in Donbas began", []),
    ],
)
def test_relations(text: str, expected: list[Told], atlas: Gazetteer) -> None:
    assert told(text, atlas) == expected


def test_a_bearing_in_a_list_binds_the_first_only(atlas: Gazetteer) -> None:
    text = "Атаки в районах південніше Кераміка, Бердичів, Авдіївки."
    assert told(text, atlas) == [
        ("near", ["Бердичів", "Авдіївки"], "", None),
        ("bearing", ["Кераміка"], "S", None),
    ]


def test_a_gloss_knows_what_it_explains(atlas: Gazetteer) -> None:
    found = reading("Attacks near Maiorsk (20km south of Bakhmut) and Kurdyumivka failed.", atlas)
    gloss = next(e for e in found.expressions if e.gloss_of is not None)
    assert found.mentions[gloss.gloss_of or 0].surface == "Maiorsk"
    near = next(e for e in found.expressions if e.relation == "near")
    assert [found.mentions[i].surface for i in near.anchors] == ["Maiorsk", "Kurdyumivka"]


def test_an_aside_interrupts_no_list(atlas: Gazetteer) -> None:
    text = "Blasts in the regions of Sumy, east of Kyiv, and Poltava."
    assert told(text, atlas) == [
        ("at", ["Sumy", "Poltava"], "", None),
        ("bearing", ["Kyiv"], "E", None),
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Shells fell on Orikhiv. West of the city the lines held.", ("bearing", ["Orikhiv"], "W", None)),
        ("Бої точаться за Бахмут. На північ від міста тихо.", ("bearing", ["Бахмут"], "N", None)),
        ("Explosions shook Kyiv. Drones fell west of the capital.", ("bearing", ["Kyiv"], "W", None)),
        ("Отбита атака у Марьинки. В городе идут бои.", ("at", ["Марьинки"], "", None)),
        (
            "На Лиманському напрямку тихо. На цьому напрямку ворог окопується.",
            ("operational_direction", ["Лиманському"], "", None),
        ),
        ("They storm Toretsk from the south and east.", ("toward", ["Toretsk"], "S E", None)),
    ],
)
def test_what_refers_back(text: str, last: Told, atlas: Gazetteer) -> None:
    assert told(text, atlas)[-1] == last


def test_relations_do_not_cross_passages(atlas: Gazetteer) -> None:
    assert told("Fighting goes on near\n\nBakhmut: no change.", atlas)[0][0] == "at"
