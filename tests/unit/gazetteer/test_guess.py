"""A misspelt name is still found; a word, a person or gibberish that is only a little like one is not."""

import pytest

from app.gazetteer.guess import slips
from app.gazetteer.open import Gazetteer

MISSPELT = {
    "Avdiivka": "Avdiikva, Адіївка, Авідївка, Авдіївака",
    "Bakhmut": "Bakhmt, Bakhumt, Bakhmit, Бамхут, Бахмту",
    "Berdiansk": "Berdyanks, Бердяснк",
    "Huliaipole": "Huliapole, Гуляполе, Гуляйпілля",
    "Kharkiv": "Kharkhiv, Karkiv, Харьків",
    "Kherson": "Kherosn, Хересон",
    "Klishchiivka": "Klishiivka, Клішіївка",
    "Kostiantynivka": "Kostiantinvika, Костянтнівка",
    "Kramatorsk": "Kramtorsk, Kramatorks, Крамторськ",
    "Krasnohorivka": "Krasnohrivka, Красногрівка",
    "Kupiansk": "Kupyanks, Куп'яснк",
    "Kurdiumivka": "Курдюмика, Kurdyumvika",
    "Lysychansk": "Lysychanks, Лисичанкс",
    "Mariupol": "Mariuopol, Маріупль",
    "Melitopol": "Melitpol, Мелитопль",
    "Novomykhailivka": "Novomihailivka, Новомихалівка",
    "Robotyne": "Robtyne, Роботне",
    "Velyka Novosilka": "Velyka Novosika, Велика Новослка",
    "Vovchansk": "Vovchanks, Вовчаснк",
    "Vuhledar": "Vuhledra, Угледра",
    "Zaporizhzhia": "Zaporizhzia, Запоріжьжя",
}
NO_PLACES = (
    *("qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукен", "фывапролдж", "hauza", "toaary", "isuil"),
    *("hello", "world", "weather", "soldiers", "president", "government", "artillery", "retain", "better"),
    *("balance", "stretch", "since", "operation", "priority", "positive", "remain"),
    *("Solitary", "Battalion", "краматорцы", "мариупольцы", "маріупольці"),
    *("Syrskyi", "Prigozhin", "Stoltenberg", "Gerasimov", "Medvedev", "Lukashenko", "Kovalenko", "Gladkov"),
    *("Залужний", "Пригожин", "Зеленський", "Машовець", "Конашенков", "Медведев", "Шойгу", "Баранов", "Вагнер"),
    *("сьогодні", "президент", "вибухи", "перемир'я", "мобілізація", "наступ", "площа", "сталої", "раптом"),
    *("сегодня", "наступление", "правительство", "столица", "свободная", "поддержки", "главный", "погода"),
)


@pytest.mark.parametrize(("name", "spelling"), [(n, s) for n, many in MISSPELT.items() for s in many.split(", ")])
def test_a_misspelt_name_is_found(name: str, spelling: str, atlas: Gazetteer) -> None:
    assert name in {atlas.place(reference.place_id).name for reference in atlas.guess(spelling)}


@pytest.mark.parametrize("word", NO_PLACES)
def test_what_is_no_name_is_not_taken_for_one(word: str, atlas: Gazetteer) -> None:
    assert [atlas.place(reference.place_id).name for reference in atlas.guess(word)] == []


def test_the_rarer_the_neighbours_the_smaller_the_slip() -> None:
    left_out, changed_about = slips("kramtorsk", "kramatorsk"), slips("kramaotrsk", "kramatorsk")
    other_vowel, twin, other = (slips(said, "kramatorsk") for said in ("kramitorsk", "kramadorsk", "kramalorsk"))
    at_end = slips("kramator", "kramators")
    assert left_out == changed_about < other_vowel == twin < other < at_end
    assert slips("kramatorsk", "kramatorsk") == 0
