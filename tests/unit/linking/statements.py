"""Statements made by hand; everything has a default, so a test names only what it is about."""

from datetime import date
from typing import Any

from app.domain.reading import Speaker
from app.domain.vocabulary import Actor, ClaimStatus, Event, Outcome, SpeakerSide
from app.linking.statement import Statement

DAY, NEXT_DAY = date(2023, 7, 12), date(2023, 7, 13)
KYIV = Speaker("General Staff", SpeakerSide.UA)
MOSCOW = Speaker("Defence Ministry", SpeakerSide.RU)
COURIER = Speaker("Morning Courier", SpeakerSide.MEDIA)
INSTITUTE = Speaker("Institute of Maps", SpeakerSide.THIRD_PARTY)
SENTENCE = "Our troops advanced near Klishchiivka and are digging in along the canal."


def a_statement(id_: str, **given: Any) -> Statement:
    """Said on the day that it tells of, in a report of its own."""
    day = given.pop("day", DAY)
    values: dict[str, Any] = {
        "report_id": f"report of {id_}",
        "publisher": f"publisher of {id_}",
        "event": Event.ADVANCE,
        "outcome": Outcome.SUCCESS,
        "actor": Actor.UA,
        "speaker": KYIV,
        "claim_status": ClaimStatus.CLAIMED,
        "start": day,
        "end": day,
        "said": day,
        "sentence": SENTENCE,
        "keys": frozenset({"spot/at:klishchiivka", "name/klishchiivka"}),
    }
    values |= given
    return Statement(id=id_, **{"passage": values["sentence"], **values})
