"""What the text of a parameter means, and what is said where it means nothing."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.asked import parameters
from app.domain.errors import BadParameter
from app.domain.vocabulary import Actor, Event
from app.store.bounds import Box, Days, Moments
from app.store.read.order import Key

JULY_10, JULY_12 = date(2023, 7, 10), date(2023, 7, 12)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2023-07-12", Days(JULY_12, JULY_12)),
        ("2023-07-10/2023-07-12", Days(JULY_10, JULY_12)),
        ("2023-07-10/..", Days(JULY_10, None)),
        ("../2023-07-12", Days(None, JULY_12)),
        ("2023-07-10/", Days(JULY_10, None)),
        ("/2023-07-12", Days(None, JULY_12)),
        ("../..", Days(None, None)),
        ("2023-07-12T23:59:59Z", Days(JULY_12, JULY_12)),
        ("2023-07-12t06:00:00.123456789z", Days(JULY_12, JULY_12)),
        ("2023-07-13T01:30:00+03:00", Days(JULY_12, JULY_12)),
        ("2023-07-13T01:30:00 03:00", Days(JULY_12, JULY_12)),
        ("2023-07-11T22:30:00-03:00", Days(JULY_12, JULY_12)),
        ("2016-12-31T23:59:60Z", Days(date(2016, 12, 31), date(2016, 12, 31))),
        ("2023-07-10T12:00:00Z/2023-07-12", Days(JULY_10, JULY_12)),
    ],
)
def test_days(text: str, meant: Days) -> None:
    assert parameters.days("datetime", text) == meant


def test_a_day_is_all_its_moments() -> None:
    first = datetime(2023, 7, 12, tzinfo=UTC)
    last = datetime(2023, 7, 12, 23, 59, 59, 999999, tzinfo=UTC)
    assert parameters.moments("recorded", "2023-07-12") == Moments(first, last)
    assert parameters.moments("recorded", "2023-07-12T00:00:00Z") == Moments(first, first)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2023-06", "2023-06-01/2023-06-30"),
        ("2024-02", "2024-02-01/2024-02-29"),
        ("2023", "2023-01-01/2023-12-31"),
        ("2023-07-12/2023-07-10", "2023-07-10/2023-07-12"),
        ("2023-07-12T10:00:00Z/2023-07-12T09:00:00Z", "2023-07-12T09:00:00Z/2023-07-12T10:00:00Z"),
        ("2023-02-30", "a day (2023-07-12)"),
        ("2023-07-12T10:60:00Z", "a day (2023-07-12)"),
        ("2023-07-12T25:00:00Z", "a day (2023-07-12)"),
        ("2023-07-12T10:00:00", "2023-07-12T06:00:00Z"),
        ("0000-01-01", "a day (2023-07-12)"),
        ("0001-01-01T00:00:00+14:00", "a day (2023-07-12)"),
        ("2023-13", "a day (2023-07-12)"),
        ("0000", "a day (2023-07-12)"),
        ("", "a day (2023-07-12)"),
        ("..", "a day (2023-07-12)"),
        ("2023-07-10/2023-07-11/2023-07-12", "a day (2023-07-12)"),
        ("yesterday", "a day (2023-07-12)"),
        ("٢٠٢٣-٠٧-١٢", "a day (2023-07-12)"),
    ],
)
def test_what_is_no_datetime_is_told_what_would_be_right(text: str, right: str) -> None:
    with pytest.raises(BadParameter) as refused:
        parameters.days("datetime", text)
    assert refused.value.name == "datetime"
    assert right in refused.value.right


def test_boxes() -> None:
    assert parameters.box("bbox", "37.5,48.2,38.5,48.8") == Box(37.5, 48.2, 38.5, 48.8)
    assert parameters.box("bbox", "37.5, 48.2, -100, 38.5, 48.8, 100") == Box(37.5, 48.2, 38.5, 48.8)
    assert parameters.box("bbox", "1e1,-.5,2E1,5.") == Box(10, -0.5, 20, 5)


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "nan,0,1,1", "0,0,inf,1", "1e309,0,1,1", "0,2,1,1", "-181,0,1,1", "0,0,1,91",
     "1_0,0,20,1", "٣٧,48,38,49"],
)  # fmt: skip
def test_what_is_no_box(text: str) -> None:
    with pytest.raises(BadParameter) as refused:
        parameters.box("bbox", text)
    assert (refused.value.name, refused.value.right) == ("bbox", parameters.BOX_FORM)


def test_words() -> None:
    assert parameters.words("event", "clash,assault,clash", Event) == (Event.ASSAULT, Event.CLASH)
    assert parameters.words("event", None, Event) == ()


@pytest.mark.parametrize(("text", "hint"), [("asault", "assault"), ("Shelling", "shelling"), ("clash,", None)])
def test_a_word_that_is_none_is_told_the_nearest(text: str, hint: str | None) -> None:
    with pytest.raises(BadParameter) as refused:
        parameters.words("event", text, Event)
    assert (f"the nearest is {hint}" in str(refused.value)) == (hint is not None)
    assert "air_defence" in refused.value.right


def test_case_is_no_excuse_but_a_hint() -> None:
    with pytest.raises(BadParameter, match="nearest is UA"):
        parameters.words("actor", "ua", Actor)


@given(st.dates(), st.text("0123456789abcdef~", max_size=30))
def test_a_key_comes_back(start: date, feature_id: str) -> None:
    key = Key((start,), feature_id)
    assert parameters.key("after", parameters.key_text(key)) == key


@given(st.text())
def test_no_text_is_more_than_a_bad_parameter(text: str) -> None:
    for parse in (parameters.days, parameters.moments, parameters.box, parameters.key):
        try:
            parse("x", text)
        except BadParameter as refused:
            assert refused.right
