"""Claims of whole reports: what is carried from sentence to sentence, what counts once, and that nothing breaks."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.vocabulary import Actor, ClaimStatus, Event, Language, Outcome, SpeakerSide, TimeBasis, TimePrecision
from tests.counted import calls
from tests.unit.reading.said import DAY, claims

STAFF = "Генеральний штаб ЗСУ"


def test_a_bulletin_of_the_morning_tells_of_the_day_before() -> None:
    text = "Оперативна інформація станом на 06.00 12 липня 2023 року\nВорог обстріляв [Нікополь]."
    (told,) = claims(text, Language.UK, STAFF)
    assert (told.start, told.end, told.as_of) == (date(2023, 7, 11), date(2023, 7, 11), DAY)
    assert told.time_basis is TimeBasis.AS_OF


def test_a_bulletin_of_the_evening_tells_of_its_own_day() -> None:
    (told,) = claims("Ворог обстріляв [Нікополь].", Language.UK, STAFF, title="Ситуація станом на 18:00 12 липня")
    assert told.start == DAY


def test_the_direction_at_the_head_of_a_sentence_belongs_to_all_its_events() -> None:
    text = "[>На Запорізькому напрямку] ворог безуспішно атакував [біля Роботиного], а також обстріляв [Оріхів]."
    repelled, shelled = claims(text, Language.UK, STAFF)
    assert (repelled.event, repelled.expressions) == (Event.ATTACK_REPELLED, (0, 1))
    assert (shelled.event, shelled.expressions) == (Event.SHELLING, (0, 2))


def test_the_direction_of_a_heading_goes_with_the_items_below_it() -> None:
    text = "# [>Купянское направление]\nНаши войска продвинулись [у Синьковки]."
    (told,) = claims(text, Language.RU, "Рыбарь")
    assert told.expressions == (0, 1)


def test_attacks_that_the_next_sentence_says_were_repelled() -> None:
    text = "[>На Покровському напрямку] ворог 12 разів атакував [біля Гродівки]. Усі атаки відбито."
    (told,) = claims(text, Language.UK, STAFF)
    assert (told.event, told.actor, told.outcome) == (Event.ATTACK_REPELLED, Actor.UA, Outcome.SUCCESS)


def test_headline_and_body_are_one_claim_at_the_fuller_sentence() -> None:
    text = "# Missiles hit [Kharkiv]\nRussian missiles hit a power station [in Kharkiv] on Tuesday, the mayor said."
    (told,) = claims(text, Language.EN)
    assert (told.passage, told.speaker.name, told.start) == (1, "mayor", date(2023, 7, 11))


def test_the_same_told_by_two_speakers_stays_two_claims() -> None:
    text = (
        "The Ukrainian General Staff said Russian forces attacked [near Vuhledar]. "
        "Russian milbloggers claimed that Russian forces attacked [near Vuhledar]."
    )
    assert [c.speaker.side for c in claims(text, Language.EN, "ISW")] == [SpeakerSide.UA, SpeakerSide.RU]


def test_whose_our_troops_are_depends_on_who_speaks() -> None:
    (ukrainian,) = claims("Наші воїни відбили атаку [біля Роботиного].", Language.UK, STAFF)
    (russian,) = claims("Наши бойцы отбили атаку [у Работино].", Language.RU, "Рыбарь")
    assert (ukrainian.actor, russian.actor) == (Actor.UA, Actor.RU)
    quotes = (
        '"Our troops advanced [near Tokmak]," Hanna Maliar said. "Our troops took [Tokmak]," said Igor Konashenkov.'
    )
    assert [c.actor for c in claims(quotes, Language.EN)] == [Actor.UA, Actor.RU]


def test_he_said_goes_on_with_the_last_speaker() -> None:
    text = (
        "Russian forces shelled [Beryslav], governor Oleksandr Prokudin said.\n"
        "He said a drone had hit a bus [in Kherson]."
    )
    assert {c.speaker.name for c in claims(text, Language.EN)} == {"Oleksandr Prokudin"}


def test_what_nobody_could_verify() -> None:
    text = (
        "Ukraine said its troops advanced [near Robotyne]. Russia said it had repelled an attack [near Verbove].\n"
        "A Russian missile hit [Odesa].\n"
        "Reuters could not verify the battlefield reports."
    )
    assert [(c.event, c.unverified) for c in claims(text, Language.EN, "Reuters")] == [
        (Event.ADVANCE, True),
        (Event.ATTACK_REPELLED, True),
        (Event.MISSILE_STRIKE, False),
    ]


def test_a_doubt_covers_what_was_just_told() -> None:
    text = (
        "Russian forces advanced [near Avdiivka].\n"
        "A drone hit a depot [in Feodosia], TASS said. The report could not be independently verified."
    )
    assert [c.unverified for c in claims(text, Language.EN)] == [False, True]


def test_places_with_days_of_their_own_are_claims_of_their_own() -> None:
    text = "Russia said its forces captured [the village of Lozuvatske] on Sunday and [Vovche] on Monday."
    assert [(c.expressions, c.start) for c in claims(text, Language.EN)] == [
        ((0,), date(2023, 7, 9)),
        ((1,), date(2023, 7, 10)),
    ]


def test_a_month_is_kept_as_a_month_and_history_is_left_out() -> None:
    (told,) = claims("Russia captured [Bakhmut] in May. Russia annexed [Crimea] in 2014.", Language.EN)
    assert (told.start, told.end, told.time_precision) == (date(2023, 5, 1), date(2023, 5, 31), TimePrecision.MONTH)


def test_an_attribution_that_follows_in_a_sentence_of_its_own() -> None:
    text = "Российские войска заняли [Угледар]. Об этом заявило Минобороны РФ."
    (told,) = claims(text, Language.RU)
    assert (told.speaker.side, told.claim_status) == (SpeakerSide.RU, ClaimStatus.CLAIMED)


WORDS = st.sampled_from((Path(__file__).parent / "tables" / "soup.txt").read_text("utf-8").split())


@given(st.lists(WORDS, max_size=60), st.sampled_from(Language))
def test_no_text_raises_and_every_claim_lies_in_it(words: list[str], lang: Language) -> None:
    for told in claims(" ".join(words) or ".", lang):
        assert told.expressions
        assert told.start <= told.end


@given(st.text(max_size=200), st.sampled_from(Language))
def test_no_characters_raise(text: str, lang: Language) -> None:
    plain = " ".join(text.split())
    claims(f"{plain} attacked [Bakhmut] {plain}", lang)


def test_work_grows_no_faster_than_the_text() -> None:
    line = "Ворог атакував [біля Роботиного], повідомив Генштаб, і обстріляв [Оріхів] 10 липня. "
    assert work(line * 400) < 10 * work(line * 50)


def work(text: str) -> int:
    return calls(lambda: claims(text, Language.UK))


def narrated(text: str, lang: Language, publisher: str) -> set[tuple[SpeakerSide, ClaimStatus]]:
    told = claims(text, lang, publisher)
    return {(c.speaker.side, c.claim_status) for c in told if c.speaker.name == publisher}


MEDIUM = {(SpeakerSide.MEDIA, ClaimStatus.REPORTED)}


def test_an_unknown_publisher_who_quotes_both_sides_is_a_medium_in_its_own_voice() -> None:
    ukrainian = (
        "У Сумах пролунали вибухи, ракета влучила в завод [у Сумах].\n"
        "Міноборони Росії заявило про захоплення [Сіверська]. Генеральний штаб повідомив про бої [біля Дронівки]. "
        "[>На Лиманському напрямку] ворог атакував [у районі Тернів]."
    )
    russian = (
        "Минобороны России сообщило о взятии [Северска].\n"
        "Генштаб ВСУ сообщил, что противник атаковал [у Дроновки].\nНочью ракета попала в дом [в Сумах]."
    )
    assert narrated(ukrainian, Language.UK, "Зразкова газета") == MEDIUM
    assert narrated(russian, Language.RU, "Образцовая газета") == MEDIUM


def test_an_unknown_publisher_who_speaks_of_our_troops_and_the_enemy_is_a_party() -> None:
    ours = "Ворог атакував [біля Тернів]. Наші захисники відбили штурм [біля Сіверська]."
    theirs = "Наши войска взяли [Северск]. ВСУ атаковали [у Дроновки], противник понес потери."
    assert narrated(ours, Language.UK, "Канал") == {(SpeakerSide.UA, ClaimStatus.CLAIMED)}
    assert narrated(theirs, Language.RU, "Канал") == {(SpeakerSide.RU, ClaimStatus.CLAIMED)}


def test_a_denial_of_what_was_just_told_is_the_denied_event_and_what_is_said_instead_stands() -> None:
    text = (
        "Минобороны России сообщило о взятии [Двуречной]. "
        "Генеральный штаб ВСУ это опроверг: [в Двуречной] продолжаются бои."
    )
    taken, denied, fighting = claims(text, Language.RU)
    assert (taken.event, taken.actor, taken.claim_status) == (Event.CONTROL_CHANGE, Actor.RU, ClaimStatus.CLAIMED)
    assert (denied.event, denied.actor, denied.claim_status) == (Event.CONTROL_CHANGE, Actor.RU, ClaimStatus.DENIED)
    assert (denied.speaker.side, denied.expressions, denied.span) == (SpeakerSide.UA, (0,), fighting.span)
    assert (fighting.event, fighting.claim_status) == (Event.CLASH, ClaimStatus.CLAIMED)


def test_a_denial_without_a_place_of_its_own_denies_what_was_told_before() -> None:
    for lang, text in (
        (Language.EN, "The Russian Defence Ministry said its troops had captured [Dvorichna]. Kyiv denied the claim."),
        (Language.UK, "Міноборони Росії заявило про захоплення [Дворічної]. Українська сторона це заперечила."),
    ):
        taken, denied = claims(text, lang)
        assert (taken.claim_status, denied.claim_status) == (ClaimStatus.CLAIMED, ClaimStatus.DENIED)
        assert (denied.event, denied.actor, denied.speaker.side) == (taken.event, Actor.RU, SpeakerSide.UA)
        assert denied.expressions == taken.expressions


def test_a_town_that_remains_under_control_is_held() -> None:
    text = "Генштаб ВСУ заявил, что [Двуречная] остаётся под полным контролем сил обороны."
    (held,) = claims(text, Language.RU)
    assert (held.event, held.actor) == (Event.CONSOLIDATION, Actor.UA)


def test_what_a_denier_says_instead_is_of_its_own_troops() -> None:
    text = (
        "Начальник российского Генштаба сообщил, что войска взяли [Двуречную]. "
        "Генштаб ВСУ это опроверг: [в Двуречной] идёт зачистка."
    )
    *_, instead = claims(text, Language.RU)
    assert (instead.actor, instead.speaker.side) == (Actor.UA, SpeakerSide.UA)


def test_a_text_that_nobody_signs_is_a_mediums() -> None:
    told = claims("Drones struck [Odesa] overnight.", Language.EN, publisher="")
    assert [(claim.speaker.name, claim.speaker.side) for claim in told] == [("", SpeakerSide.MEDIA)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (
            "Russian forces struck [Kharkiv] overnight in retaliation for an attack on [Belgorod] on July 3.",
            Language.EN,
        ),
        ("Росіяни вночі вдарили по [Харкову] у відповідь на атаку на [Бєлгород] 3 липня.", Language.UK),
        ("Российские войска ночью ударили по [Харькову] в ответ на атаку на [Белгород] 3 июля.", Language.RU),
    ],
)
def test_an_attack_that_was_answered_is_not_the_answer(text: str, lang: Language) -> None:
    struck, answered = claims(text, lang)
    assert (struck.event, struck.actor, struck.start) == (Event.MISSILE_STRIKE, Actor.RU, DAY)
    assert (answered.event, answered.start, answered.expressions) == (Event.ASSAULT, date(2023, 7, 3), (1,))
    assert struck.expressions == (0,)


def test_what_was_answered_has_not_the_day_of_the_answer() -> None:
    struck, answered = claims(
        "Russian forces struck [Kharkiv] on Monday in retaliation for an attack on [Belgorod].", Language.EN
    )
    assert (struck.start, struck.time_basis) == (date(2023, 7, 10), TimeBasis.STATED)
    assert answered.time_basis is TimeBasis.AS_OF


def test_what_a_party_says_that_it_did_is_its_deed() -> None:
    (told,) = claims("Russia said it struck [Kharkiv] overnight.", Language.EN)
    assert (told.actor, told.speaker.side) == (Actor.RU, SpeakerSide.RU)
    (told,) = claims("Ukraine said it was attacked [near Lyman].", Language.EN)
    assert told.actor is not Actor.UA


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Russian forces attacked [near Lyman] over the weekend and on Monday.", Language.EN),
        ("Протягом вихідних та в понеділок ворог атакував [біля Лимана].", Language.UK),
        ("В выходные и в понедельник российские войска атаковали [у Лимана].", Language.RU),
    ],
)
def test_days_on_end_are_one_stretch(text: str, lang: Language) -> None:
    (told,) = claims(text, lang)
    assert (told.start, told.end) == (date(2023, 7, 8), date(2023, 7, 10))


def test_the_past_day_and_the_night_each_keep_their_event() -> None:
    text = "За минулу добу ворог атакував [біля Роботиного], а вночі обстріляв [Оріхів]."
    assert [told.start for told in claims(text, Language.UK)] == [date(2023, 7, 11), DAY]
