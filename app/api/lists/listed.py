"""The collections beside the features: reports, places and operational directions, and how each is narrowed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Request
from starlette.datastructures import URL

from app.api.answer.links import Link
from app.api.answer.responses import GEOJSON, JSON
from app.api.asked import parameters
from app.api.asked.cql2 import FilterLang
from app.api.asked.filters import (
    Asked,
    Bbox,
    Direction,
    FilterCrs,
    FilterLanguage,
    Lang,
    Publisher,
    Recorded,
    check_crs,
    interval,
    parameter,
    words_of,
)
from app.api.asked.paging import LIMIT_DEFAULT, Count, Limit, Offset, Paging, after_like, page_of
from app.api.lists.holding import ListHolding, Onward
from app.api.services import Services
from app.domain.vocabulary import Language, PlaceKind
from app.store.cql.terms import Subject
from app.store.read import listings
from app.store.read.listing import Listing, Narrowing

PLACE_EXAMPLE, DIRECTION_EXAMPLE = "UA14020010010059145", "bakhmut-2022-05-01"
PlaceWords = Annotated[str | None, words_of("What it is", PlaceKind, "settlement,city")]
Country = Annotated[str | None, parameter("Country, ISO 3166-1 alpha-2.", "UA")]
Oblast = Annotated[str | None, parameter("The id of the oblast that it lies in.", "UA14000000000091971")]
NamedAfter = Annotated[str | None, parameter("The id of the settlement that it is named after.", PLACE_EXAMPLE)]
PublishedIn = Annotated[str | None, interval("When it was published: reports match of one of the days (UTC).")]
InUse = Annotated[str | None, interval("When it was in use: directions match that were so on one of the days.")]
NoTime = Annotated[str | None, interval("Places have no time: whatever is given, all match.")]


def _filter(example: str, name: str) -> Any:
    about = f"A condition in CQL2, over the properties that `/collections/{name}/queryables` lists."
    return parameter(about, example, alias="filter")


def reports(  # noqa: PLR0917 — the framework names every argument
    direction: Direction = None,
    datetime: PublishedIn = None,
    bbox: Bbox = None,
    publisher: Publisher = None,
    lang: Lang = None,
    recorded: Recorded = None,
    filter_: Annotated[str | None, _filter("claims > 0 AND lang = 'en'", "reports")] = None,
    filter_lang: FilterLanguage = FilterLang.TEXT,
    filter_crs: FilterCrs = None,
) -> Asked:
    narrowing = Narrowing(
        **_where_and_when(bbox, datetime),
        recorded=None if recorded is None else parameters.moments("recorded", recorded),
        words={
            **({} if publisher is None else {"publisher": [parameters.name("publisher", publisher)]}),
            **({} if lang is None else {"lang": parameters.words("lang", lang, Language)}),
        },
        filter=_condition(filter_, filter_lang, filter_crs, listings.REPORTS.subject),
    )
    return Asked(narrowing, direction)


def places(  # noqa: PLR0917
    direction: Direction = None,
    datetime: NoTime = None,
    bbox: Bbox = None,
    kind: PlaceWords = None,
    country: Country = None,
    oblast: Oblast = None,
    filter_: Annotated[str | None, _filter("CASEI(name_uk) LIKE CASEI('бахм%')", "places")] = None,
    filter_lang: FilterLanguage = FilterLang.TEXT,
    filter_crs: FilterCrs = None,
) -> Asked:
    narrowing = Narrowing(
        **_where_and_when(bbox, datetime),
        words={
            **({} if kind is None else {"kind": parameters.words("kind", kind, PlaceKind)}),
            **({} if country is None else {"country": [parameters.country("country", country)]}),
            **({} if oblast is None else {"oblast_id": [oblast]}),
        },
        filter=_condition(filter_, filter_lang, filter_crs, listings.PLACES.subject),
    )
    return Asked(narrowing, direction)


def directions(  # noqa: PLR0917
    direction: Direction = None,
    datetime: InUse = None,
    bbox: Bbox = None,
    place: NamedAfter = None,
    filter_: Annotated[str | None, _filter("valid_to IS NULL", "directions")] = None,
    filter_lang: FilterLanguage = FilterLang.TEXT,
    filter_crs: FilterCrs = None,
) -> Asked:
    narrowing = Narrowing(
        **_where_and_when(bbox, datetime),
        words={} if place is None else {"place_id": [place]},
        filter=_condition(filter_, filter_lang, filter_crs, listings.DIRECTIONS.subject),
    )
    return Asked(narrowing, direction)


def _where_and_when(bbox: str | None, datetime: str | None) -> dict[str, Any]:
    return {
        "box": None if bbox is None else parameters.box("bbox", bbox),
        "occurrence": None if datetime is None else parameters.days("datetime", datetime),
    }


def _condition(text: str | None, lang: FilterLang, crs: str | None, of: Subject) -> Any:
    check_crs(crs)
    return None if text is None else parameters.condition("filter", text, lang, of)


def paging_of(listing: Listing, example: str) -> Callable[..., Paging]:
    """How pages of a list are asked for: in the one order that it has."""

    def paging(
        request: Request,
        limit: Limit = LIMIT_DEFAULT,
        after: Annotated[str | None, after_like(example)] = None,
        offset: Offset = 0,
        count: Count = None,
    ) -> Paging:
        return page_of(request, limit, after, offset, listing.order, count)

    return paging


def _to_report(request: Request, key: str, _told: Mapping[str, Any]) -> Link:
    title = "the report, with all that was read in it"
    return Link(href=str(request.url_for("report", id=key)), rel="via", type=JSON, title=title)


def _to_features(request: Request, key: str, _told: Mapping[str, Any]) -> Link:
    address = URL(str(request.url_for("features"))).include_query_params(place=key)
    return Link(href=str(address), rel="related", type=GEOJSON, title="what was reported of it")


def _to_area(request: Request, _key: str, told: Mapping[str, Any]) -> Link:
    named = {"direction": told["name"], "datetime": told["valid_from"]}
    address = URL(str(request.url_for("resolve"))).include_query_params(**named)
    return Link(href=str(address), rel="related", type=GEOJSON, title="how its name is read")


@dataclass(frozen=True, slots=True)
class Listed:
    """A collection that is no view of the features."""

    title: str
    description: str
    noun: str
    listing: Listing
    filters: Callable[..., Asked]
    paging: Callable[..., Paging]
    shapes: Sequence[str]
    """Geometries that it may have."""
    heads: Mapping[str, str]
    onward: Onward
    example: str | None = None
    """An id that there always is."""

    def holding(self, wired: Services) -> ListHolding:
        # A report has a page of its own, which tells more than the list does.
        pages = "reports" if self.noun == "report" else f"collections/{self.listing.name}/items"
        return ListHolding(wired, self.noun, self.title, self.listing, pages, self.heads, self.onward)


LISTS = {
    "reports": Listed(
        "Reports",
        "The reports as they were received, the latest first: where they say something, as one area in which a"
        " settlement reaches as far as it is large; and when they were published. What says nothing that could be"
        " drawn has no geometry, and is found by every box.",
        "report",
        listings.REPORTS,
        reports,
        paging_of(listings.REPORTS, "2023-07-12~0"),
        ("MultiPolygon",),
        {"published": "Published", "publisher": "By", "title": "Title", "lang": "Language", "claims": "Claims",
         "features": "On the map", "citation": "Source"},
        _to_report,
    ),
    "places": Listed(
        "Places",
        "The gazetteer, by id: settlements as points, oblasts and the like as areas where their outline is known."
        " Places without either have no geometry, and are found by every box. `/places` finds them by name.",
        "place",
        listings.PLACES,
        places,
        paging_of(listings.PLACES, f"0~{PLACE_EXAMPLE}"),
        ("Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
        {"name": "Name", "name_uk": "in Ukrainian", "name_ru": "in Russian", "kind": "Kind", "raion": "Raion",
         "oblast": "Oblast", "country": "Country", "population": "People", "precision": "Precision"},
        _to_features,
        PLACE_EXAMPLE,
    ),
    "directions": Listed(
        "Operational directions",
        "Named stretches of the front with the days on which each name was in use, drawn as in a report.",
        "direction",
        listings.DIRECTIONS,
        directions,
        paging_of(listings.DIRECTIONS, f"2~{DIRECTION_EXAMPLE}"),
        ("Polygon", "MultiPolygon"),
        {"name": "Name", "name_uk": "in Ukrainian", "name_ru": "in Russian", "valid_from": "From", "valid_to": "To",
         "place_name": "Named after", "uncertainty_m": "Uncertainty"},
        _to_area,
        DIRECTION_EXAMPLE,
    ),
}  # fmt: skip
