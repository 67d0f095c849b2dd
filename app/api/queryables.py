"""By which properties features can be asked for, as a JSON Schema (OGC API – Features, Part 3)."""

from enum import StrEnum

from app.api.services import Json
from app.domain.vocabulary import Actor, ClaimStatus, Event, FeatureKind, Language, SpeakerSide

WORDS: dict[str, tuple[str, type[StrEnum]]] = {
    "kind": ("Point or area", FeatureKind),
    "event": ("What happened", Event),
    "actor": ("Who did it", Actor),
    "speaker_side": ("Whose side the speaker is on", SpeakerSide),
    "claim_status": ("How the report stands to the claim", ClaimStatus),
    "lang": ("The report's language", Language),
}
TEXTS = {
    "publisher": "Who published the report",
    "place": "The gazetteer's id of the place that the feature is about",
}


def queryables(address: str, title: str) -> Json:
    words = {
        name: {"title": said, "type": "string", "enum": list(vocabulary)} for name, (said, vocabulary) in WORDS.items()
    }
    texts = {name: {"title": said, "type": "string"} for name, said in TEXTS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": title,
        "properties": {
            **words,
            **texts,
            "published": {"title": "When the report was published", "type": "string", "format": "date"},
            "recorded": {"title": "When the report was stored here", "type": "string", "format": "date-time"},
            "min_probability": {"title": "Least measured probability", "type": "number", "minimum": 0, "maximum": 1},
        },
        "additionalProperties": False,
    }
