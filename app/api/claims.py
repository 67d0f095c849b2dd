"""A claim as it was said, with what it was said of and which other claims say the same, again or otherwise."""

import json
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.answer.errors import NotFound
from app.api.answer.responses import HTML, JSON, Json, spliced, unchanged, validator
from app.api.answer.stored import (
    claim_path,
    claims_json,
    collection_text,
    expressions_json,
    mentions_json,
    report_json,
    report_path,
)
from app.api.asked.formats import Shown
from app.api.description.operations import documented, id_of
from app.api.pages.claim import claim_page
from app.api.pages.document import readable
from app.api.services import Wired
from app.linking.statement import Statement
from app.linking.web import Relative
from app.store.read.reports import StoredClaim, stored_claim
from app.store.read.state import state_of

router = APIRouter(tags=["reports"])

ClaimId = Annotated[str, id_of("claim", "The property `claim_id` of a feature, or the id of a claim of a report.")]


@router.get("/claims/{id}", **documented(JSON, "The claim.", 404, 406, 503, also=[HTML]))
async def claim(request: Request, wired: Wired, key: ClaimId, shown: Shown) -> Response:
    """A claim: its sentence in its passage, who says so, its places with the candidates considered for each name, its
    features, its copies through other outlets, and the claims that reassert, contradict or corroborate it, each with
    the reason. Nothing is merged: every linked claim is told as its own speaker tells it."""
    async with wired.engine.connect() as connection:
        state = await state_of(connection)
        tag = validator(request, wired.version, state.number, state.changed.isoformat())
        if known := unchanged(request, tag):
            return known
        found = await connection.run_sync(stored_claim, key)
    if found is None:
        raise NotFound(f"claim “{key}”")
    told = _members(found)

    def text() -> str:
        return spliced(told, "features", collection_text(found.bodies))

    drawn = [json.loads(body) for body in found.bodies]
    return await readable(request, shown, text, lambda home: claim_page(told, drawn, home), tag, state.changed)


def _members(found: StoredClaim) -> Json:
    return {
        **claims_json(found.stored)[found.ordinal],
        "report": {**report_json(found.stored), "href": report_path(found.stored.report.id)},
        "context": _context(found),
        "expressions": _expressions(found),
        "independent_sources": found.independent_sources,
        "copies": [_other(each) for each in found.copies],
        "linked": [_linked(each) for each in found.relatives],
    }


def _context(found: StoredClaim) -> Json:
    """The passage with the sentence marked in it, and the heading that governs it. Of a text that may not be shown
    whole it is the sentence alone, since the passages of all claims together may be all of it."""
    text, reading = found.stored.report.text, found.stored.reading
    claim = reading.claims[found.ordinal]
    if not found.stored.whole:
        quote = claim.span.of(text)
        return {"passage": quote, "quote": [0, len(quote)], "heading": None}
    passage = reading.passages[claim.passage]
    heading = None if passage.heading is None else reading.passages[passage.heading].span.of(text)
    start = passage.span.start
    return {
        "passage": passage.span.of(text),
        "quote": [claim.span.start - start, claim.span.end - start],
        "heading": heading,
    }


def _expressions(found: StoredClaim) -> list[Json]:
    """Those of the claim, each with its anchors and the candidates that were considered for them."""
    mentions, expressions = mentions_json(found.stored), expressions_json(found.stored)
    named = found.stored.reading.claims[found.ordinal].expressions
    return [
        {**expressions[index], "anchors": [mentions[anchor] for anchor in expressions[index]["anchors"]]}
        for index in named
    ]


def _linked(relative: Relative) -> Json:
    kind = "reasserted_by" if relative.later else relative.kind
    copies = [_other(each) for each in relative.copies]
    return {"kind": kind, "reason": relative.reason, "claim": _other(relative.claim), "copies": copies}


def _other(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "href": claim_path(statement.id),
        "quote": statement.sentence,
        "event": statement.event,
        "outcome": statement.outcome,
        "actor": statement.actor,
        "speaker": statement.speaker.name,
        "speaker_side": statement.speaker.side,
        "claim_status": statement.claim_status,
        "start": statement.start.isoformat(),
        "end": statement.end.isoformat(),
        "as_of": statement.said.isoformat(),
        "publisher": statement.publisher,
        "report_id": statement.report_id,
    }
