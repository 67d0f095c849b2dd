"""What part of the map the words of a request name, or why that cannot be told."""

import pytest

from app.domain.errors import UnsettledPhrase
from app.gazetteer.open import Gazetteer
from app.reading.phrase import read_phrase


@pytest.mark.parametrize(
    ("phrase", "relation", "anchors", "compass", "km"),
    [
        ("south of Bakhmut", "bearing", ["Bakhmut"], "S", None),
        ("south of bakhmut", "bearing", ["bakhmut"], "S", None),
        ("5km ne of avdiivka", "bearing", ["avdiivka"], "NE", 5.0),
        ("10 км на північний захід від Авдіївки", "bearing", ["Авдіївки"], "NW", 10.0),
        ("между Белой Горой и Андреевкой", "between", ["Белой Горой", "Андреевкой"], "", None),
        ("Bakhmut direction", "operational_direction", ["Bakhmut"], "", None),
        ("куп'янський напрямок", "operational_direction", ["куп'янський"], "", None),
        ("western Zaporizhzhia Oblast", "part", ["Zaporizhzhia Oblast"], "W", None),
        ("Kupiansk", "at", ["Kupiansk"], "", None),
        ("Kyiv", "at", ["Kyiv"], "", None),
        ("Ukraine", "at", ["Ukraine"], "", None),
        ("село Роботине", "at", ["Роботине"], "", None),
        ("Bila Hora–Andriivka", "axis", ["Bila Hora", "Andriivka"], "", None),
        ("near Robotyne and Verbove", "near", ["Robotyne", "Verbove"], "", None),
        ("left bank of the Dnipro", "along", ["Dnipro"], "", None),
        # an oblast beside a town says which town
        ("Lyman in Donetsk Oblast", "at", ["Lyman"], "", None),
        ("Lyman, Donetsk Oblast", "at", ["Lyman"], "", None),
        # a misspelt name, and one that nobody knows: resolving says so
        ("Marrinka", "at", ["Marrinka"], "", None),
        ("south of Xyzzygrad", "bearing", ["Xyzzygrad"], "S", None),
    ],
)
def test_what_is_read(
    atlas: Gazetteer, *, phrase: str, relation: str, anchors: list[str], compass: str, km: float | None
) -> None:
    report, reading = read_phrase(phrase, atlas)
    (expression,) = reading.expressions
    assert report.text == phrase
    assert expression.relation == relation
    assert [reading.mentions[i].surface for i in expression.anchors] == anchors
    assert " ".join(expression.compass) == compass
    assert expression.distance_km == km


@pytest.mark.parametrize("phrase", ["qwerty", "south of qwerty", "weather forecast", "hello", "Вагнер"])
def test_what_no_place_is_called_stands_for_none(phrase: str, atlas: Gazetteer) -> None:
    _, reading = read_phrase(phrase, atlas)
    assert [mention.references for mention in reading.mentions] == [()]


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("", "no words"),
        ("  \n ", "no words"),
        ("south of", "names no place"),
        ("north of Bakhmut; south of Avdiivka", "several parts"),
        ("fighting near Bakhmut", "“fighting” was not understood"),
        ("-5 km south of Bakhmut", "“-5” is no distance"),
        ("\u22125 km south of Bakhmut", "“-5” is no distance"),
        ("–10 км на південь від Бахмута", "“–10” is no distance"),
        ("bakhmut south", "“south” was not understood"),
    ],
)
def test_what_cannot_be_told(phrase: str, why: str, atlas: Gazetteer) -> None:
    with pytest.raises(UnsettledPhrase, match=why):
        read_phrase(phrase, atlas)
