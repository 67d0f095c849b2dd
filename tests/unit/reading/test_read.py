"""What holds for the reading of any text whatsoever."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.reading import Reading
from app.domain.report import Report
from app.gazetteer.open import Gazetteer
from app.reading.read import read
from tests.counted import calls

WORDS = [
    *("near", "Bakhmut", "Avdiivka", "south of", "and", ",", ".", "(", ")", "the", "5 km", "direction", "Dnipro River"),
    *(
        "поблизу",
        "Часового Яру",
        "на північ від",
        "та",
        "напрямку",
        "села",
        "Донецької області",
        "м.",
        "—",
        "Куп'янському",
    ),
    *(
        "у",
        "Марьинки",
        "к югу от",
        "и",
        "в районе",
        "города",
        "<b>",
        "</p>",
        "&nbsp;",
        "**",
        "[x](https://a.b/c)",
        "\n",
    ),
    *("\u0301", "\u200b", "\U0001f4a5", "{a:b}", "document.write(x);", "'s", "–", "-", "from", "to", "between", "Kyiv"),
]
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=60).map("".join),
)


def reading(text: str, atlas: Gazetteer) -> Reading:
    return read(Report(text, date(2023, 11, 5), "a paper"), atlas)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_spans_hold_for_any_text(text: str, atlas: Gazetteer) -> None:
    found = reading(text, atlas)
    end = 0
    for mention in found.mentions:
        assert text[mention.span.start : mention.span.end] == mention.surface
        assert mention.span.start >= end, "mentions stand in order and do not overlap"
        end = mention.span.end
        assert found.passages[mention.passage].span.contains(mention.span)
    for expression in found.expressions:
        assert expression.anchors
        assert max(expression.anchors) < len(found.mentions)
        assert found.passages[expression.passage].span.contains(expression.span)
    for passage in found.passages:
        assert text[passage.span.start : passage.span.end].strip()
        assert passage.heading is None or passage.heading < found.passages.index(passage)


@pytest.mark.parametrize(
    "unit",
    [
        "near Bakhmut, ",
        "Bakhmut (",
        "from Bakhmut to ",
        "a",
        "A-",
        "в районах Н, ",
        "<a ",
        "((",
        "the city ",
        "Kyiv's ",
        "\u0301",
        "1,",
        "north and ",
    ],
)
def test_work_is_linear(unit: str, atlas: Gazetteer) -> None:
    short, long = unit * (8_000 // len(unit)), unit * (32_000 // len(unit))
    reading(long, atlas)
    # Four times the text; a quadratic reader would make 16 times as many.
    assert calls(lambda: reading(long, atlas)) < 7 * calls(lambda: reading(short, atlas)) + 2_000


def test_a_blank_report_is_read_and_holds_nothing(atlas: Gazetteer) -> None:
    found = reading(" \n ", atlas)
    assert (found.passages, found.mentions, found.expressions, found.claims) == ((), (), (), ())
