"""One filter finds the same features in every format, in tiles, in the feed and in the counts.

`pytest tests/api/test_same_everywhere.py --hypothesis-profile=thorough` tries 200 of them.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point, box, orient_polygons
from sqlalchemy import URL, create_engine

from app.api.lists import files
from app.domain.reading import Speaker
from app.domain.vocabulary import Actor, ClaimStatus, Event, Language, SpeakerSide
from app.formats.files import write
from app.formats.forms import Format
from app.main import create_app
from tests.api.conftest import MakeServices
from tests.api.test_formats import TEXT_IDS, read_file
from tests.database import Server
from tests.store.factories import stored

CROWD = 60
FIRST = date(2023, 7, 1)
TILES = [f"8/{row}/{column}" for row in (86, 87, 88, 89) for column in (154, 155)]
"""Those that hold all of them, at a zoom at which none is too small to be drawn."""
FEW = settings.default.max_examples // 10 if settings.default else 10


@pytest.fixture(scope="module")
def crowd(database_server: Server, _migrated: URL, services: MakeServices) -> Iterator[TestClient]:
    """Sixty features of all sorts over a month and a degree."""
    random = Random(1)
    with database_server.database(_migrated) as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            for _ in range(CROWD):
                west, south = random.uniform(37, 38), random.uniform(48, 49)
                start = FIRST + timedelta(random.randrange(30))
                area = orient_polygons(box(west, south, west + random.uniform(0.01, 0.3), south + 0.1))
                stored(
                    connection,
                    geometry=Point(round(west, 6), round(south, 6)) if random.random() < 0.4 else area,
                    event=random.choice([Event.ASSAULT, Event.CLASH, Event.SHELLING]),
                    actor=random.choice(list(Actor)),
                    claim_status=random.choice(list(ClaimStatus)),
                    lang=random.choice(list(Language)),
                    speaker=Speaker(
                        random.choice(["Ivan Petrenko", "the General Staff"]), random.choice(list(SpeakerSide))
                    ),
                    publisher=random.choice(["Testimony Daily", "Front Gazette"]),
                    start=start,
                    end=start + timedelta(random.randrange(4)),
                    published=start + timedelta(random.randrange(3)),
                )
        engine.dispose()
        with TestClient(create_app(services(url.render_as_string(hide_password=False)))) as client:
            yield client


days = st.integers(0, 33).map(lambda number: (FIRST + timedelta(number)).isoformat())
spans = st.tuples(days, days).map(lambda ends: "/".join(sorted(ends)))
degrees = st.tuples(*[st.floats(0, 1).map(lambda share: round(share, 3))] * 4)
boxes = degrees.map(
    lambda d: f"{37 + min(d[0], d[2])},{48 + min(d[1], d[3])},{37 + max(d[0], d[2])},{48 + max(d[1], d[3])}"
)
conditions = st.one_of(
    st.sampled_from(["probability IS NULL", "kind = 'sector'", "NOT event IN ('clash', 'shelling')", "start = end"]),
    st.sampled_from(["CASEI(speaker) LIKE CASEI('IVAN%')", "published > start", "publisher <> 'Front Gazette'"]),
    days.map("start >= DATE('{}')".format),
    spans.map(lambda span: "T_INTERSECTS(INTERVAL(start, end), INTERVAL('{}', '{}'))".format(*span.split("/"))),
    boxes.map("S_INTERSECTS(geometry, BBOX({}))".format),
)
expressions = st.recursive(
    conditions,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["AND", "OR"]), inner) | inner.map("NOT ({})".format)
    ),
    max_leaves=4,
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["point", "sector"]),
        "event": st.sampled_from(["assault", "clash,shelling"]),
        "actor": st.sampled_from([each.value for each in Actor]),
        "lang": st.sampled_from(["en", "uk,ru"]),
        "datetime": days | spans | days.map("../{}".format) | days.map("{}/..".format),
        "published": spans,
        "bbox": boxes,
        "filter": expressions,
    },
)
orders = st.fixed_dictionaries({}, optional={
    "sortby": st.sampled_from(["-published,event", "uncertainty_m", "end,-kind", "actor"]),
    "limit": st.integers(1, 70).map(str),
})  # fmt: skip


def everyone(crowd: TestClient) -> set[str]:
    return {each["id"] for each in crowd.get("/features").json()["features"]}


async def at_hand(form: str, features: str, file: str, moment: str, collection: str) -> None:
    """What the other process does, without the process."""
    with Path(features).open(encoding="utf-8") as lines:
        write(Format(form), lines, Path(file), moment, collection)


@settings(max_examples=FEW, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=filters, order=orders)
def test_one_filter_everywhere(crowd: TestClient, tmp_path: Path, asked: dict[str, str], order: dict[str, str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_converted", at_hand)
        page = crowd.get("/features", params={**asked, **order}).json()
        expected = [each["id"] for each in page["features"]]
        for form in (*TEXT_IDS, "gpkg", "fgb", "parquet"):
            answer = crowd.get("/features", params={**asked, **order, "f": form})
            assert answer.status_code == 200, answer.text
            in_file = form not in TEXT_IDS
            found = list(read_file(form, answer.content, tmp_path)["id"]) if in_file else TEXT_IDS[form](answer.content)
            # FlatGeobuf lies in the order of its spatial index.
            assert sorted(found) == sorted(expected) if form == "fgb" else found == expected, form
    whole = crowd.get("/features", params=asked).json()
    every = {each["id"] for each in whole["features"]}
    assert whole["numberMatched"] == len(every) == page["numberMatched"]
    tiles = [crowd.get(f"/collections/features/tiles/WebMercatorQuad/{each}", params=asked).content for each in TILES]
    drawn = {each.decode() for tile in tiles for each in re.findall(rb"[0-9a-f]{24}", tile)}
    assert drawn & everyone(crowd) == every
    claims = {each["properties"]["claim_id"] for each in whole["features"]}
    feed = crowd.get("/feed.atom", params={**asked, "limit": "200"}).text
    assert set(re.findall(r"urn:frontline:claim:(\w+)", feed)) == claims
    counted = crowd.get("/timeline", params={**asked, "per": "month"}).json()["stretches"]
    assert sum(each["features"] for each in counted) >= len(every)
    assert bool(counted) == bool(every)


def test_the_crowd_is_no_monoculture(crowd: TestClient) -> None:
    page = crowd.get("/features").json()
    assert page["numberMatched"] == len(everyone(crowd)) == CROWD
    assert {each["properties"]["kind"] for each in page["features"]} == {"point", "sector"}
