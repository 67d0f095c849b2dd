"""Where sentences end, and where a full stop or a line break only looks like it."""

import pytest

from app.domain.text import Span
from app.reading.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Fighting continues. Two people were hurt.", 2),
        ("Lt. Gen. Oleksandr Syrskyi said so. He left.", 2),
        ("The U.S. President spoke on Jan. 5 in Kyiv.", 1),
        ("It was about 3.5 km away. Nobody was hurt.", 2),
        ("«Ворог атакує». Про це повідомив речник.", 2),
        ("Обстріляно с. Павлівка та м. Гуляйполе. Є поранені.", 2),
        ("Сталося це в 2023 р. Ворог відступив.", 2),
        ("Це сталося біля м. Київ.", 1),
        ("Бої у н.п. Хромово продовжуються.", 1),
        ("Сообщил А. Иванов. Потерь нет.", 2),
        ("В 2023 г. Войска отошли.", 2),
        ("У г. Угледар идут бои.", 1),
        ("Ситуація:\n▪️ бої біля Бахмута\n▪️ обстріл Нікополя", 3),
        ("Бои на\nКураховском\nнаправлении", 1),
        ("One attack failed.,Russian forces tried again.", 2),
        ("Що сталося? Вибух! Так.", 3),
        ("   ", 0),
    ],
)
def test_a_passage_is_cut_into_its_sentences(text: str, parts: int) -> None:
    assert len(sentences(text, Span(0, len(text)))) == parts


def test_spans_point_into_the_text_and_skip_white_space() -> None:
    text = "xx First one.  Second one.  "
    assert [s.of(text) for s in sentences(text, Span(3, len(text)))] == ["First one.", "Second one."]


def test_a_sentence_without_end_is_cut() -> None:
    text = "word " * 5_000
    cut = sentences(text, Span(0, len(text)))
    assert len(cut) > 1
    assert "".join(s.of(text) for s in cut).count("word") == 5_000
