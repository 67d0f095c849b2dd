"""The parameters that say which features are asked for, the same on every path that lists or counts them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from inspect import signature
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import TypeAdapter, ValidationError

from app.api.asked import parameters
from app.api.asked.cql2 import FilterLang
from app.api.services import at_once
from app.domain.errors import BadParameter
from app.domain.vocabulary import Actor, ClaimStatus, Event, FeatureKind, Language, SpeakerSide
from app.store.read import query as store

ARRAY = "x-array"
"""In the schema of a parameter that the framework takes for a text: what it is a list of, with commas between."""
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def parameter(description: str, example: str, **more: Any) -> Any:
    """A text with its example, which the API docs show and the tests try."""
    return Query(description=f"{description} Example: `{example}`", examples=[example], **more)


def words_of(what: str, vocabulary: type[StrEnum], example: str) -> Any:
    words = ", ".join(f"`{word}`" for word in vocabulary)
    items = {"type": "string", "enum": list(vocabulary)}
    more = {ARRAY: {"type": "array", "minItems": 1, "items": items}}
    return parameter(f"{what}: {words}; several with commas between.", example, json_schema_extra=more)


FOUR_OR_SIX = [{"minItems": number, "maxItems": number} for number in (4, 6)]
_INTERVAL = "A day, a moment with its zone, or `start/end` with both ends included and `..` for an open one."


def interval(what: str) -> Any:
    """A parameter that asks for a time, in whatever sense `what` tells."""
    return Query(
        description=f"{what} {_INTERVAL}",
        examples=["2023-07-10/2023-07-12"],
        openapi_examples={
            "interval": {"summary": "three days", "value": "2023-07-10/2023-07-12"},
            "day": {"summary": "one day", "value": "2023-07-12"},
            "open": {"summary": "from a day on", "value": "2023-07-01/.."},
        },
    )


_DIRECTION = Query(
    description="A part of the map, as one would say it in English, Ukrainian or Russian. Features match whose"
    " area shares ground with it; what was searched is told as `searchArea`.",
    examples=["south of Bakhmut"],
    max_length=300,
    openapi_examples={
        "bearing": {"summary": "a bearing", "value": "south of Bakhmut"},
        "distance": {"summary": "a distance, in Ukrainian", "value": "10 км на північний захід від Авдіївки"},
        "between": {"summary": "between two places, in Russian", "value": "между Белой Горой и Андреевкой"},
        "direction": {"summary": "an operational direction", "value": "Bakhmut direction"},
        "part": {"summary": "part of an oblast", "value": "western Zaporizhzhia Oblast"},
        "place": {"summary": "a place", "value": "Kupiansk"},
    },
)
Direction = Annotated[str | None, _DIRECTION]
Needed = Annotated[str, _DIRECTION]
Datetime = Annotated[
    str | None,
    interval("When it happened: features match that share at least one day (UTC)."),
]
Bbox = Annotated[
    str | None,
    parameter(
        "`west,south,east,north` in degrees of WGS 84; west > east crosses the antimeridian. Of six numbers, the third"
        " and the sixth are heights, which say nothing here: all is on the ground.",
        "37.5,48.2,38.5,48.8",
        json_schema_extra={ARRAY: {"type": "array", "items": {"type": "number"}, "oneOf": FOUR_OR_SIX}},
    ),
]
Kind = Annotated[str | None, words_of("Point or area", FeatureKind, "sector")]
EventWord = Annotated[str | None, words_of("What happened", Event, "assault,clash")]
ActorWord = Annotated[str | None, words_of("Who did it", Actor, "UA")]
Side = Annotated[str | None, words_of("Whose side the speaker is on", SpeakerSide, "UA")]
Status = Annotated[str | None, words_of("How the report stands to the claim", ClaimStatus, "claimed")]
Publisher = Annotated[
    str | None,
    Query(
        description="Who published the report, exactly; `/coverage` tells who has.",
        json_schema_extra={"x-id-of": "publisher"},
    ),
]
PlaceId = Annotated[
    str | None, parameter("The gazetteer's id of the place that the feature is about.", "UA14020010010059145")
]
Lang = Annotated[str | None, words_of("The report's language", Language, "en")]
Published = Annotated[str | None, parameter(f"When the report was published. {_INTERVAL}", "2023-07-12")]
Recorded = Annotated[str | None, parameter(f"When the report was stored here. {_INTERVAL}", "2022-01-01/..")]
MinProbability = Annotated[
    float | None,
    Query(
        description="At least this share of true locations is measured to lie in such an area; leaves out points and"
        " areas of unmeasured kinds. Example: `0.7`",
        ge=0,
        le=1,
        allow_inf_nan=False,
        examples=[0.7],
    ),
]
Filter = Annotated[
    str | None,
    Query(
        alias="filter",
        description="A condition in CQL2, over the properties that `/collections/features/queryables` lists. Example:"
        " `event IN ('assault', 'clash') AND CASEI(speaker) LIKE '%staff%'`",
        examples=["event IN ('assault', 'clash') AND CASEI(speaker) LIKE CASEI('%staff%')"],
        openapi_examples={
            "words": {
                "summary": "words and a part of a text, in any capitals",
                "value": "event IN ('assault', 'clash') AND CASEI(speaker) LIKE CASEI('%staff%')",
            },
            "space": {
                "summary": "an area, and whether it was measured",
                "value": "S_INTERSECTS(geometry, POLYGON((37 48, 39 48, 39 49, 37 48))) AND probability IS NOT NULL",
            },
            "time": {
                "summary": "time",
                "value": "T_INTERSECTS(INTERVAL(start, end), INTERVAL('2023-07-10', '2023-07-12'))",
            },
        },
    ),
]
FilterLanguage = Annotated[
    FilterLang,
    Query(alias="filter-lang", description="How `filter` is written. Example: `cql2-text`", examples=["cql2-text"]),
]
FilterCrs = Annotated[
    str | None,
    Query(
        alias="filter-crs",
        description=f"Of the coordinates in `filter`: longitude and latitude of WGS 84 only. Example: `{CRS84}`",
        examples=[CRS84],
        json_schema_extra={"enum": [CRS84]},
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for; its direction is only words so far."""

    query: Any
    """A `store.Query`, or what another list is narrowed by."""
    direction: str | None


def check_crs(crs: str | None) -> None:
    """BadParameter where the coordinates in a filter are told to be other than they are read."""
    if crs not in (None, CRS84):
        raise BadParameter("filter-crs", f"“{crs}” is not known", CRS84)


def filters(  # noqa: PLR0917 — the framework names every argument
    direction: Direction = None,
    datetime: Datetime = None,
    bbox: Bbox = None,
    kind: Kind = None,
    event: EventWord = None,
    actor: ActorWord = None,
    speaker_side: Side = None,
    claim_status: Status = None,
    publisher: Publisher = None,
    place: PlaceId = None,
    lang: Lang = None,
    published: Published = None,
    recorded: Recorded = None,
    min_probability: MinProbability = None,
    filter_: Filter = None,
    filter_lang: FilterLanguage = FilterLang.TEXT,
    filter_crs: FilterCrs = None,
) -> Asked:
    check_crs(filter_crs)
    query = store.Query(
        box=None if bbox is None else parameters.box("bbox", bbox),
        occurrence=None if datetime is None else parameters.days("datetime", datetime),
        published=None if published is None else parameters.days("published", published),
        recorded=None if recorded is None else parameters.moments("recorded", recorded),
        kind=parameters.words("kind", kind, FeatureKind),
        event=parameters.words("event", event, Event),
        actor=parameters.words("actor", actor, Actor),
        speaker_side=parameters.words("speaker_side", speaker_side, SpeakerSide),
        claim_status=parameters.words("claim_status", claim_status, ClaimStatus),
        lang=parameters.words("lang", lang, Language),
        publisher=None if publisher is None else parameters.name("publisher", publisher),
        place=place,
        min_probability=min_probability,
        filter=None if filter_ is None else parameters.condition("filter", filter_, filter_lang),
    )
    return Asked(query, direction)


Filters = Annotated[Asked, Depends(at_once(filters))]
_SHARE = TypeAdapter[float | None](MinProbability)


def asked(given: Mapping[str, str]) -> Asked:
    """The same filters by name, for whoever does not ask over HTTP; BadParameter for an unknown one."""
    known = {_outer(name): name for name in signature(filters).parameters}
    for name in given:
        if name not in known:
            wrong = f"there is no such filter{parameters.meant(name, known)}"
            raise BadParameter(name, wrong, f"one of {', '.join(known)}")
    texts: dict[str, Any] = {known[name]: text for name, text in given.items()}
    try:
        share = _SHARE.validate_python(texts.pop("min_probability", None))
    except ValidationError as error:
        raise BadParameter("min_probability", "it is no share", "a number from 0 to 1") from error
    if (lang := texts.get("filter_lang")) is not None and lang not in list(FilterLang):
        raise BadParameter("filter-lang", f"“{lang}” is not known", f"one of {', '.join(FilterLang)}")
    return filters(**texts, min_probability=share)


def _outer(name: str) -> str:
    """What an argument is called on the wire."""
    return name.removesuffix("_").replace("filter_", "filter-")
