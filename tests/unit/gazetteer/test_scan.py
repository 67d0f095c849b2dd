"""Names in running text, by the gazetteer that is built from the checkout."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.vocabulary import NameKind
from app.gazetteer.layers import register
from app.gazetteer.open import Gazetteer


def found(atlas: Gazetteer, text: str, *, any_case: bool = False) -> list[str]:
    return [text[hit.start : hit.end] for hit in atlas.scan(text, any_case=any_case)]


def meant(atlas: Gazetteer, name: str) -> set[str]:
    """English names of all places that the one name in `name` may stand for."""
    (hit,) = atlas.scan(name)
    assert name[hit.start : hit.end] == name
    return {atlas.place(r.place_id).name for r in hit.references}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("fighting near Bila Hora–Andriivka", ["Bila Hora", "Andriivka"]),
        ("fighting near Bila Hora-Kurdyumivka", ["Bila Hora", "Kurdyumivka"]),
        ("in Orikhovo-Vasylivka and Bilhorod-Dnistrovskyi", ["Orikhovo-Vasylivka", "Bilhorod-Dnistrovskyi"]),
        ("Moscow's army left Kherson Oblast", ["Moscow", "Kherson Oblast"]),
        ("over the Black Sea and the Dnipro River", ["Black Sea", "Dnipro River"]),
        ("у Часовому Яру та під Великою Новосілкою", ["Часовому Яру", "Великою Новосілкою"]),
        ("в районах Терн і Білої Гори", ["Терн", "Білої Гори"]),
        ("в районе Часова Яра, под Великой Новосёлкой", ["Часова Яра", "Великой Новосёлкой"]),
        ("у Донецькій та Луганській областях", ["Донецькій", "Луганській областях"]),
        ("в Белгородской и Курской областях", ["Белгородской", "Курской областях"]),
        ("на Куп'янському напрямку", ["Куп'янському"]),
        ("на Північно-Слобожанському напрямку", ["Північно-Слобожанському"]),
        ("США и Россия, Україна та ЄС", ["США", "Россия", "Україна", "ЄС"]),
        ("the U.S., the UK and Poland", ["U.S.", "UK", "Poland"]),
        ("They told us about it", []),
        ("БАХМУТ: ситуація", ["БАХМУТ"]),
        ("на берегах Сіверського Дінця, Осколу, Вовчої", ["Сіверського Дінця", "Осколу", "Вовчої"]),
        ("за Мокрыми Ялами и Северским Донцом", ["Мокрыми Ялами", "Северским Донцом"]),
        ("на Запорізькій АЕС та Авдіївському коксохімі", ["Запорізькій АЕС", "Авдіївському коксохімі"]),
        ("у Серебрянському лісництві, на Антонівському мосту", ["Серебрянському лісництві", "Антонівському мосту"]),
        ("the Avdiivka coke plant and Snake Island", ["Avdiivka coke plant", "Snake Island"]),
    ],
)
def test_names_of_a_text(atlas: Gazetteer, text: str, names: list[str]) -> None:
    assert found(atlas, text) == names


def test_only_capitals_open_a_name_unless_typed(atlas: Gazetteer) -> None:
    assert found(atlas, "south of bakhmut") == []
    assert found(atlas, "south of bakhmut", any_case=True) == ["bakhmut"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Artemivsk", "Bakhmut"),
        ("Artyomovsk", "Bakhmut"),
        ("Артёмовске", "Bakhmut"),
        ("Dzerzhynsk", "Toretsk"),
        ("Krasny Liman", "Lyman"),
        ("Красного Лимана", "Lyman"),
        ("Krasnoarmiisk", "Pokrovsk"),
        ("Pervomaiske", "Avdiivske"),
        ("Новомосковську", "Samar"),
        ("Chervonohrad", "Sheptytskyi"),
        ("Severodonetsk", "Siverskodonetsk"),
        ("Сєвєродонецька", "Siverskodonetsk"),
        ("Avdeevka", "Avdiivka"),
        ("Bogdanovka", "Bohdanivka"),
        ("Chasov Yar", "Chasiv Yar"),
        ("Krasnogorovka", "Krasnohorivka"),
        ("Starokonstantinov", "Starokostiantyniv"),
        ("Mirgorod", "Myrhorod"),
        ("Maryinka", "Marinka"),
        ("Kurdyumovka", "Kurdiumivka"),
        ("Угледаре", "Vuhledar"),
        ("Donetsk region", "Donetsk Oblast"),
        ("Харківщині", "Kharkiv Oblast"),
        ("Донеччини", "Donetsk Oblast"),
        ("Белгородчине", "Belgorod Oblast"),
        ("Краснодарском крае", "Krasnodar Krai"),
        ("Криму", "Crimea"),
        ("Приморско-Ахтарске", "Primorsko-Akhtarsk"),
        ("Суджі", "Sudzha"),
        ("Плёхово", "Plekhovo"),
        ("Сіверського Дінця", "Siverskyi Donets"),
        ("Мокрих Ялів", "Mokri Yaly"),
        ("Каховської ГЕС", "Kakhovka Dam"),
        ("Керченського мосту", "Crimean Bridge"),
        ("Азовсталі", "Azovstal"),
        ("Майорську", "Maiorsk"),
    ],
)
def test_a_spelling_finds_its_place(atlas: Gazetteer, name: str, place: str) -> None:
    assert place in meant(atlas, name)


@pytest.mark.parametrize("name", ["Vilnius", "Варшаві", "Лондоне", "Вашингтоні", "Moscow", "Минске"])
def test_world_cities_are_known(atlas: Gazetteer, name: str) -> None:
    (hit,) = atlas.scan(name)
    assert any(atlas.place(r.place_id).country != "UA" for r in hit.references)


def test_kinds_of_names(atlas: Gazetteer) -> None:
    def kind(name: str, place: str) -> NameKind:
        (hit,) = atlas.scan(name)
        return next(r.kind for r in hit.references if atlas.place(r.place_id).name == place)

    assert kind("Бахмутом", "Bakhmut") is NameKind.OFFICIAL
    assert kind("Bakhmut", "Bakhmut") is NameKind.ENGLISH
    assert kind("Артемівськ", "Bakhmut") is NameKind.FORMER
    assert kind("Бахмутському", "Bakhmut") is NameKind.ADJECTIVE
    assert kind("Авдеевке", "Avdiivka") is NameKind.RUSSIAN
    assert kind("Kurdyumovka", "Kurdiumivka") is NameKind.VARIANT
    assert kind("Запорожья", "Zaporizhzhia") is NameKind.RUSSIAN
    assert kind("Харькове", "Kharkiv") is NameKind.RUSSIAN
    assert kind("Одессу", "Odesa") is NameKind.RUSSIAN


def test_namesakes_are_all_given(atlas: Gazetteer) -> None:
    (hit,) = atlas.scan("Андріївка")
    bearers = {r.place_id for r in hit.references if atlas.place(r.place_id).name_uk == "Андріївка"}
    assert len(bearers) == sum(unit.name == "Андріївка" for unit in register.read() if unit.category in {"C", "X"})


@settings(max_examples=50, deadline=None)
@given(text=st.text(alphabet="Бахмут Яр-'’\nKyiv's.Біла Гора US", max_size=60), any_case=st.booleans())
def test_hits_are_ordered_apart_and_inside(atlas: Gazetteer, text: str, any_case: bool) -> None:
    end = 0
    for hit in atlas.scan(text, any_case=any_case):
        assert end <= hit.start < hit.end <= len(text)
        assert hit.references
        end = hit.end
