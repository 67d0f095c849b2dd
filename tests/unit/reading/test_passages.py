"""Where a report falls into paragraphs, items and headings, and what governs what."""

import pytest

from app.domain.vocabulary import Language, PassageKind
from app.reading.text.passages import passages
from app.reading.text.view import view
from app.reading.words.lexicon import lexicon

HEADING, PARAGRAPH, ITEM = PassageKind.HEADING, PassageKind.PARAGRAPH, PassageKind.ITEM


def read(text: str, lang: Language = Language.UK) -> list[tuple[PassageKind, str, int | None]]:
    _, found = passages(view(text), lexicon(lang))
    return [(passage.kind, passage.span.of(text), passage.heading) for passage in found]


def test_headings_govern_the_list_below() -> None:
    text = "Лиманський напрямок:\n- бої біля Терн;\n- атаки біля Торського.\nСіверський напрямок:\n- без змін."
    assert read(text) == [
        (HEADING, "Лиманський напрямок:", None),
        (ITEM, "- бої біля Терн;", 0),
        (ITEM, "- атаки біля Торського.", 0),
        (HEADING, "Сіверський напрямок:", None),
        (ITEM, "- без змін.", 3),
    ]


def test_a_label_on_the_line_is_a_heading_too() -> None:
    text = "Bakhmut direction: two attacks were repelled near Klishchiivka.\nAll is calm elsewhere today."
    kinds = [(kind, words) for kind, words, _ in read(text, Language.EN)]
    assert kinds[0] == (HEADING, "Bakhmut direction:")
    assert kinds[1] == (PARAGRAPH, "two attacks were repelled near Klishchiivka.")


@pytest.mark.parametrize(
    "text",
    [
        "Бої тривають поблизу\nАвдіївки\n та\nПервомайського\n, повідомляє штаб.",
        "Fighting went on near\nBakhmut while the army\nheld its lines west of\nAvdiivka on the same day.",
        "Враг держится у н.п. \nХромово и отходит.",
    ],
)
def test_a_torn_line_goes_on(text: str) -> None:
    assert len(read(text)) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Перше речення.\nДруге речення.", 2),
        ("One paragraph here\n\nAnother paragraph there", 2),
        ("<p>One.</p><p>Two.</p><ul><li>Three.</li></ul>", 3),
        ("🔹 Перше • друге • третє", 3),
        ("\n\n  \n", 0),
        ("", 0),
    ],
)
def test_what_ends_a_passage(text: str, count: int) -> None:
    assert len(read(text)) == count
