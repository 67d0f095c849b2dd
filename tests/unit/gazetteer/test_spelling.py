"""Keys and sounds: which spellings meet, and which must not."""

import pytest

from app.gazetteer.spelling import exact, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Куп'янськ", "Купʼянськ"),
        ("Куп’янськ", "КУП`ЯНСЬК"),
        ("Kup'yans'k", "Kupyansk"),
        ("Новосёлка", "Новоселка"),
        ("Bila Hora", "Bila-Hora"),
        ("Дніпро́", "Дніпро"),
        ("Orël", "Orel"),
    ],
)
def test_one_key(one: str, other: str) -> None:
    assert exact(one) == exact(other)


@pytest.mark.parametrize(("one", "other"), [("Изюм", "Ізюм"), ("Гай", "Гаи"), ("Чугуїв", "Чугуів")])
def test_letters_that_tell_names_apart_stay(one: str, other: str) -> None:
    assert exact(one) != exact(other)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kurdyumivka", "Kurdiumivka", "Kurdyumovka", "Курдюмівка", "Курдюмовка"),
        ("Avdiivka", "Avdeevka", "Avdeyevka", "Авдіївка", "Авдеевка"),
        ("Chasiv Yar", "Chasov Yar", "Часів Яр", "Часов Яр"),
        ("Chuhuiv", "Chuguev", "Чугуїв", "Чугуев"),
        ("Marinka", "Mariinka", "Maryinka", "Marrinka", "Мар'їнка"),
        ("Novooleksandrivka", "Novoolexandrivka"),
        ("Novotroitske", "Novotroitskoye"),
        ("Mariupol", "Маріуполь"),
    ],
)
def test_one_sound(spellings: tuple[str, ...]) -> None:
    assert len({fold(exact(s)) for s in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("Lyman", "Lymany"), ("Bakhmut", "Bakhmach"), ("Sudzha", "Sumy")])
def test_other_sounds(one: str, other: str) -> None:
    assert fold(exact(one)) != fold(exact(other))
