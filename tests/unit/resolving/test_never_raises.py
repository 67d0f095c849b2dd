"""Whatever a reading holds, resolving and drawing give one answer for each part of it and raise nothing."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.interpretation import Footprint
from app.domain.reading import Mention, Reading, SpatialExpression
from app.domain.report import Passage, Report
from app.domain.text import Span
from app.domain.vocabulary import Compass, Language, MentionOutcome, PassageKind, PlaceKind, Relation, Use
from app.drawing.draw import draw
from app.resolving.resolve import resolve
from tests.atlas import TableAtlas
from tests.read import DAY

ATLAS = TableAtlas()
NAMES = [*sorted({place.name for place in ATLAS.places.values()}), "Nowhere"]
PARTS = [None, "line", "central", "left_bank", "right_bank", "bank", "border", "coast", "something else"]


@st.composite
def readings(draw: st.DrawFn) -> tuple[Report, Reading]:
    names = draw(st.lists(st.sampled_from(NAMES), max_size=12))
    lines = sorted(draw(st.lists(st.integers(0, 3), min_size=len(names), max_size=len(names))))
    text, mentions = "", []
    for name, line in zip(names, lines, strict=True):
        text += draw(st.sampled_from([" near ", ", ", ". In ", "; ", " ("]))
        kinds = frozenset(draw(st.lists(st.sampled_from(PlaceKind), max_size=2)))
        span = Span(len(text), len(text) + len(name))
        references = ATLAS.references(name)
        mentions.append(
            Mention(span, name, draw(st.sampled_from(Use)), references, line, kinds, fuzzy=draw(st.booleans()))
        )
        text += name
    text += "." * 10
    passages = tuple(Passage(Span(0, len(text)), PassageKind.ITEM, heading=i - 1 if i else None) for i in range(4))
    said = draw(st.lists(expressions(len(mentions), lines), max_size=8)) if mentions else []
    return Report(text, DAY, "A test"), Reading(Language.EN, passages, tuple(mentions), tuple(said))


@st.composite
def expressions(draw: st.DrawFn, count: int, lines: Sequence[int]) -> SpatialExpression:
    anchors = tuple(draw(st.lists(st.integers(0, count - 1), max_size=4)))
    relation = draw(st.sampled_from(Relation))
    return SpatialExpression(
        span=Span(0, 5),
        relation=relation,
        anchors=anchors,
        passage=lines[anchors[0]] if anchors else 0,
        compass=tuple(draw(st.lists(st.sampled_from(Compass), min_size=relation is Relation.BEARING, max_size=3))),
        distance_km=draw(st.one_of(st.none(), st.floats(0, 2000))),
        part=draw(st.sampled_from(PARTS)),
        gloss_of=draw(st.one_of(st.none(), st.integers(0, count - 1))),
    )


@given(readings(), st.booleans())
@settings(max_examples=400, deadline=None)
def test_nothing_raises(read: tuple[Report, Reading], asked: bool) -> None:
    report, reading = read
    resolutions = resolve(report, reading, ATLAS)
    assert len(resolutions) == len(reading.mentions)
    for resolution in resolutions:
        settled = resolution.outcome in (MentionOutcome.RESOLVED, MentionOutcome.OUT_OF_THEATRE)
        assert settled == (resolution.place is not None)
        assert [c.score for c in resolution.candidates] == sorted(c.score for c in resolution.candidates)
    for expression in reading.expressions:
        results = draw(expression, reading, resolutions, ATLAS, DAY, asked=asked)
        assert results
        for result in results:
            assert set(result.anchors) <= set(expression.anchors)
            if isinstance(result, Footprint):
                assert result.anchors and result.geometry.is_valid and result.uncertainty_m > 0
            else:
                assert result.reason
