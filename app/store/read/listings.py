"""The lists there are beside the features: reports as evidence has them, and what the gazetteer knows."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, ColumnElement, Integer, Text, bindparam, cast, func, literal, select, type_coerce
from sqlalchemy import literal_column as number

from app.domain.listed import DIRECTION, PLACE, REPORT
from app.domain.properties import Property
from app.store.cql.terms import Subject, baked
from app.store.read.listing import Listing
from app.store.read.order import Sort
from app.store.tables.evidence import report, source
from app.store.tables.interpretation import feature_key, interpretation
from app.store.tables.register import registered

LAST: ColumnElement[int] = number("3")
"""Behind points, lines and areas: what has no geometry."""
DECIMALS: ColumnElement[int] = number("6")


def _reports() -> Listing:
    columns = _of_report()
    told = dict(columns) | {
        "published": func.to_char(report.c.published, "YYYY-MM-DD"),
        "recorded": func.to_char(func.timezone("UTC", report.c.recorded), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    }
    shape = cast(func.ST_AsGeoJSON(interpretation.c.ground, DECIMALS), JSON)
    members: dict[str, Any] = {
        "type": literal("Feature", Text),
        "id": report.c.id,
        "geometry": shape,
        "properties": _object({name: told[name] for name in REPORT}),
    }
    return Listing(
        name="reports",
        subject=Subject(REPORT, columns.__getitem__, interpretation.c.ground),
        table=report.join(source).outerjoin(interpretation),
        id=report.c.id,
        body=cast(_object(members), Text),
        first=report.c.published,
        last=report.c.published,
        sort=(Sort("published", descending=True),),
    )


def _of_report() -> dict[str, ColumnElement[Any]]:
    own = report.c
    title, day = func.nullif(own.title, ""), func.to_char(own.published, "YYYY-MM-DD")
    quoted = literal("“", Text) + title + literal("”", Text)
    drawn = select(func.count()).where(feature_key.c.report_id == own.id).scalar_subquery()
    return {
        **{name: own[name] for name in ("title", "url", "published", "recorded", "superseded_by")},
        "publisher": source.c.publisher,
        "lang": type_coerce(own.lang, Text),
        "claims": own.claim_count,
        "features": cast(drawn, Integer),
        # As `properties.citation` has it.
        "citation": func.concat_ws(", ", source.c.publisher, quoted, day, func.nullif(own.url, "")),
    }


def _object(members: Mapping[str, Any]) -> ColumnElement[Any]:
    return func.json_build_object(*(each for name, value in members.items() for each in (literal(name, Text), value)))


def _registered(name: str, properties: Mapping[str, Property], *, first: ColumnElement[Any] | None = None) -> Listing:
    held = registered.c
    return Listing(
        name=name,
        subject=Subject(properties, lambda each: baked(held.body, each, properties[each]), held.geom),
        table=registered,
        id=held.id,
        body=held.body,
        always=(held.digest == bindparam("digest", type_=Text)) & (held.collection == name),
        first=first,
        last=held.last_on,
        # Desktop programs take the kind of geometry that they meet first for that of all.
        rank=type_coerce(func.coalesce(func.ST_Dimension(held.geom), LAST), Integer),
    )


REPORTS = _reports()
PLACES = _registered("places", PLACE)
DIRECTIONS = _registered("directions", DIRECTION, first=registered.c.first_on)
