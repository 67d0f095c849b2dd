"""What is left of a report for reading, and that every character of it knows where it came from."""

import pytest

from app.reading.text.view import GONE, view


def original(text: str, words: str) -> str:
    seen = view(text)
    start = seen.text.index(words)
    return seen.span(start, start + len(words)).of(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Shells hit <b>Bakhmut</b>.", "Shells hit Bakhmut."),
        ("one&nbsp;two &amp; three&#8217;s", "one two & three's"),
        ("<p>One.</p><p>Two.</p>", "\n\nOne.\n\n\n\nTwo.\n\n"),
        ("біля **Синьківки** та __Терн__", "біля Синьківки та Терн"),
        ("see [the map](https://example.org/Kyiv) now", "see the map now"),
        ("more at https://example.org/Kherson/today", f"more at {GONE}"),
        ("ask @Kharkiv_news or mail.example.com", f"ask {GONE} or {GONE}"),
        ("под Бахму́том", "под Бахмутом"),
        ("Авдіи\u0306вці", "Авдійвці"),
        ("Соле\u00adда\u200bр", "Соледар"),
        ("Мар’їнка і Мар`їнка", "Мар'їнка і Мар'їнка"),
        ("Kyiv — Lviv", "Kyiv – Lviv"),
        ("a\t b  c", "a b c"),
        ("Кiсловодськ", "Кісловодськ"),
    ],
)
def test_only_the_words_are_left(text: str, seen: str) -> None:
    assert view(text).text == seen


def test_attributes_are_not_read() -> None:
    text = 'Near <a href="https://example.org/Kherson" title="Kyiv and Lviv">Bakhmut</a> all is calm.'
    assert view(text).text == "Near Bakhmut all is calm."


def test_leaked_code_is_not_read() -> None:
    text = (
        'Shelling went on in Nikopol. document.getElementById("Kherson").innerHTML = x; var a = "Kyiv"; End of report.'
    )
    assert "Kherson" not in view(text).text
    assert "Nikopol" in view(text).text


def test_tags_close_together_are_no_code() -> None:
    text = '<ul><li><a href="/a" title="b">Lyman</a></li><li><b>Siversk</b></li></ul><script>var Kyiv = 1;</script>'
    seen = view(text).text
    assert "Lyman" in seen and "Siversk" in seen and "Kyiv" not in seen


@pytest.mark.parametrize(
    ("text", "words", "stands"),
    [
        ("<p>Near <b>Chasiv&nbsp;Yar</b></p>", "Chasiv Yar", "Chasiv&nbsp;Yar"),
        ("в Соле\u00adда\u200bре", "Соледаре", "Соле\u00adда\u200bре"),
        ("у Бахму\u0301ті", "Бахмуті", "Бахму\u0301ті"),
        ("біля **Терн**", "Терн", "Терн"),
        ("a&#8217;b", "a'b", "a&#8217;b"),
        ("Часов\n \nЯр", "Часов", "Часов"),
    ],
)
def test_spans_point_into_the_report(text: str, words: str, stands: str) -> None:
    assert original(text, words) == stands
