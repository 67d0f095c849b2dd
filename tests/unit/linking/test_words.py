"""Sentences that are copies, and those that only tell of the same thing, in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.linking.words import SAME_WORDS, likeness, quote_the_same

COPIES = [
    ("Ukrainian troops advanced near Klishchiivka and are digging in, the General Staff said.",
     "The General Staff said that Ukrainian troops had advanced near Klishchiivka and are digging in."),
    ("Російські війська обстріляли Куп'янськ з артилерії, поранено двох людей, повідомив голова області.",
     "Голова області: «Російські війська обстріляли Куп’янськ з артилерії, поранено двох людей»."),
    ("Подразделения продвинулись на два километра западнее Авдеевки, сообщили в штабе.",
     "Как сообщили в штабе, подразделения продвинулись на два километра западнее Авдеевки."),
    ("Shelling of Kupiansk.", "SHELLING OF KUPIANSK"),
]  # fmt: skip
INDEPENDENT = [
    ("A missile hit a block of flats in Odesa on Sunday and killed two people, the mayor said.",
     "Two residents of Odesa died when a block of flats was struck by a missile, according to the emergency service."),
    ("У ніч на середу безпілотники атакували Одесу, пошкоджено портову інфраструктуру.",
     "Порт Одеси знову під ударом: уночі дрони влучили у два склади."),
    ("Shelling of Kupiansk.", "Shelling of Vovchansk."),
    ("Shelling.", "Shelling of Kupiansk, with artillery and mortars, all day."),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), COPIES)
def test_copies(one: str, other: str) -> None:
    assert likeness(one, other) >= SAME_WORDS


@pytest.mark.parametrize(("one", "other"), INDEPENDENT)
def test_independent_sentences(one: str, other: str) -> None:
    assert likeness(one, other) < SAME_WORDS


@given(st.text(), st.text())
def test_likeness_is_a_share_and_symmetric(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "“We hold the heights above the village,” he said.",
            "He said: «we hold the heights above the village».",
            True,
        ),
        (
            "“We hold the heights above the village,” he said.",
            "“We lost the heights above the village,” he said.",
            False,
        ),
        ("“We hold it,” he said.", "“We hold it,” said the other.", False),
        ("We hold the heights above the village.", "We hold the heights above the village.", False),
    ],
)
def test_quotations(one: str, other: str, same: bool) -> None:
    assert quote_the_same(one, other) is same
