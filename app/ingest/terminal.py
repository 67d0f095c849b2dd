"""A reading as a person in a terminal wants to see it: each claim with its sentence, its places and its area."""

import json
from collections.abc import Iterator
from urllib.parse import quote

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from shapely.geometry import mapping

from app.domain.feature import Understanding
from app.domain.interpretation import Footprint, Resolution
from app.domain.reading import Claim, Mention
from app.domain.vocabulary import FeatureKind, MentionOutcome, Use
from app.ingest.sketch import sketch


def render(understanding: Understanding) -> Iterator[RenderableType]:
    """Panels for the claims, then for the expressions no claim uses, then what could not be settled."""
    reading = understanding.reading
    used = {index for claim in reading.claims for index in claim.expressions}
    for claim in reading.claims:
        yield Panel(_claim(understanding, claim), title=_headline(claim), title_align="left")
    loose = [index for index in range(len(reading.expressions)) if index not in used]
    if loose:
        parts = [_expression(understanding, index) for index in loose]
        yield Panel(Group(*parts), title="said of no event", title_align="left", border_style="dim")
    yield from _unsettled(understanding)
    if not reading.claims and not loose:
        yield Text("Nothing in this text places an event.", style="dim")


def _headline(claim: Claim) -> str:
    days = claim.start.isoformat() if claim.start == claim.end else f"{claim.start} … {claim.end}"
    return f"{claim.event} · {claim.actor} · {claim.outcome} · {days}"


def _claim(understanding: Understanding, claim: Claim) -> RenderableType:
    doubt = ", unverified" if claim.unverified else ""
    speaker = Text(f"{claim.speaker.name} ({claim.speaker.side}), {claim.claim_status}{doubt}", style="bold")
    sentence = Text(f"“{' '.join(claim.span.of(understanding.report.text).split())}”", style="italic")
    return Group(sentence, speaker, *(_expression(understanding, index) for index in claim.expressions))


def _expression(understanding: Understanding, index: int) -> RenderableType:
    expression = understanding.reading.expressions[index]
    footprints = understanding.footprints[index]
    drawn = [f for f in footprints if isinstance(f, Footprint)]
    lines: list[RenderableType] = [Text(f"{expression.span.of(understanding.report.text)!r} → {expression.relation}")]
    for footprint in footprints:
        if isinstance(footprint, Footprint):
            lines.append(_footprint(understanding, footprint))
        else:
            lines.append(Text(f"  not drawn: {footprint.reason}", style="yellow"))
    areas = [f.geometry for f in drawn if f.kind is FeatureKind.SECTOR]
    if areas:
        places = [p for i in expression.anchors if (p := understanding.resolutions[i].place)]
        lines.append(Text("\n".join(f"  {line}" for line in sketch(areas, places)), style="cyan"))
    if drawn:
        lines.append(_link(drawn))
    return Group(*lines)


def _footprint(understanding: Understanding, footprint: Footprint) -> Text:
    names = "–".join(_name(understanding, anchor) for anchor in footprint.anchors)
    centre = footprint.geometry.representative_point()
    chance = "" if footprint.probability is None else f", holds {footprint.probability:.0%}"
    wind = f" {footprint.compass} of" if footprint.compass else ""
    where = f"{centre.y:.4f}, {centre.x:.4f} ± {footprint.uncertainty_m / 1000:.1f} km"
    how = f"precision {footprint.geo_precision}, {footprint.method}"
    return Text(f"  {footprint.kind}{wind} {names} at {where}{chance} ({how})")


def _name(understanding: Understanding, anchor: int) -> str:
    place = understanding.resolutions[anchor].place
    return place.name if place else understanding.reading.mentions[anchor].surface


def _link(drawn: list[Footprint]) -> Text:
    """A terminal hyperlink: the address holds the geometry itself and is opened only if the reader clicks it."""
    features = [{"type": "Feature", "properties": {}, "geometry": mapping(f.geometry)} for f in drawn]
    data = quote(json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")))
    return Text("  open on a map", style=f"link https://geojson.io/#data=data:application/json,{data} dim underline")


def _unsettled(understanding: Understanding) -> Iterator[RenderableType]:
    rows = [
        (mention, resolution)
        for mention, resolution in zip(understanding.reading.mentions, understanding.resolutions, strict=True)
        if mention.use is Use.LITERAL and resolution.outcome in (MentionOutcome.AMBIGUOUS, MentionOutcome.UNKNOWN)
    ]
    if rows:
        table = Table(title="not settled", title_justify="left", title_style="yellow")
        for column in ("name", "why", "candidates"):
            table.add_column(column)
        for mention, resolution in rows:
            table.add_row(*_unsettled_row(mention, resolution))
        yield table


def _unsettled_row(mention: Mention, resolution: Resolution) -> tuple[str, str, str]:
    candidates = "\n".join(
        f"{c.place.name} ({c.place.id}): {c.score:.1f}, {', '.join(c.reasons)}" for c in resolution.candidates[:5]
    )
    return mention.surface, resolution.outcome.value, candidates
