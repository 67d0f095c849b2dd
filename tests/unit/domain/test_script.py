"""Leaked program code is found whole, and prose that looks a little like code is left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.script import script_spans
from tests.counted import calls

LEAKS = {
    "statements after a paragraph": (
        "Two attacks were repelled near Lyman.\n",
        (
            '`; document.getElementById("promo").innerHTML = html; var box = document.getElementById("box"); '
            'if (box !== null) { box.style.color = "#fff"; } (function (a, b) { });'
        ),
        "",
    ),
    "tag manager between two sentences": (
        "Two attacks were repelled near Lyman.",
        " window.dataLayer = window.dataLayer; function gtag(){dataLayer.push(arguments);} gtag('js', new Date());",
        " Shelling of the city went on until the morning, the mayor said.",
    ),
    "style rule": ("", ".ad-box { display: none; }", " Combat went on near Lyman on Sunday and into the night."),
    "structured data": (
        "",
        '{"@context":"https://schema.org","@type":"NewsArticle","headline":"Combat near Lyman"}',
        " Combat went on near Lyman.",
    ),
    "widget": (
        "Атака тривала дві години.",
        (
            " (function(d, s, id) { var js, fjs = d.getElementsByTagName(s)[0]; if (d.getElementById(id)) return; "
            "js = d.createElement(s); js.id = id; }(document, 'script', 'widget-jssdk'));"
        ),
        " Київ атакували безпілотники.",
    ),
    "script element": ("", "<script>googletag.cmd.push(function() { googletag.display('ad'); });</script>", " Kyiv"),
}

PROSE = [
    "Losses (total = 5) in the area of Lyman; the rate is A=B; see [1].",
    "Let us say x = 5 and y = 7; the forces at Lyman return to base;",
    'The General Staff said: "Combat: 5 attacks; {sic} 3" and (Lyman) = held.',
    "Downed 12 of 14 (Shahed-136/131 = 10; Lancet = 2); strikes on Odesa region => 3 hurt.",
    "Ворог атакував (двічі) у районі Кліщіївки; втрати = 5; див. карту [2].",
    "<p>Бои продолжаются в районе <b>Марьинки</b>.</p><a href='map'>карта</a>",
    "Look through the window.The document. Function of the (main) {base}.",
]


@pytest.mark.parametrize(("before", "code", "after"), LEAKS.values(), ids=LEAKS)
def test_finds_the_whole_leak_and_nothing_else(before: str, code: str, after: str) -> None:
    text = before + code + after
    (span,) = script_spans(text)
    assert text[: span.start].rstrip() == before.rstrip()
    assert text[span.end :].lstrip() == after.lstrip()


@pytest.mark.parametrize("text", PROSE)
def test_leaves_prose_alone(text: str) -> None:
    assert script_spans(text) == ()


def test_two_leaks_with_a_sentence_between_are_two_spans() -> None:
    sentence = " Combat went on near Lyman on Sunday and into the night. "
    text = "window.a = 1;" + sentence + "window.b = 2;"
    first, second = script_spans(text)
    assert text[first.end : second.start].strip() == sentence.strip()


@given(st.text(alphabet="ab .;,={}()[]<>\"'\n/functionvarwdm", max_size=300))
def test_spans_are_in_order_and_within_the_text(text: str) -> None:
    spans = script_spans(text)
    assert all(span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize("unit", ["a.b.", "x = ", "{", "if (", "return ", '"a":"', "window.a;", "(", "a="])
def test_work_is_linear_for_repeated_signs(unit: str) -> None:
    """Where a pattern went back over what it has read, 300,000 characters would not come to an end."""

    def work(size: int) -> int:
        return calls(lambda: script_spans(unit * (size // len(unit))))

    assert work(300_000) < 12 * work(30_000) + 100
