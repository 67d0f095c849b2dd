"""The whole path over HTTP: one report of our own writing goes in as text and comes out as GeoJSON, cell by cell."""

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from app.domain.report import Report
from app.gazetteer.open import Gazetteer
from app.ingest import archive
from app.main import create_app
from tests.api.conftest import MakeServices

REPORT = Report(
    """\
Kyiv reported gains on the flanks of Bakhmut on Thursday.

"Our Defence Forces go on attacking north and south of the town of Bakhmut," Andriy Kovaliov, the spokesman \
of the Ukrainian General Staff, said. "In the directions of Bila Hora–Andriivka and Bila Hora–Kurdyumivka they have \
had partial success," he said.

Russian military bloggers said that fighting went on near Berkhivka on Wednesday. None of these \
reports could be independently verified.

Russia seized Bakhmut in May. Overnight it launched drones at Kyiv, and the previous night it struck Odesa with drones.

The president was in Vilnius, where the ministry of defence of Lithuania received him.
""",
    date(2023, 7, 13),
    "An outlet",
)
SAID = ("event", "outcome", "actor", "claim_status", "speaker_side", "start", "end", "time_precision")


@pytest.fixture
def client(own_database_url: str, atlas: Gazetteer, services: MakeServices) -> Iterator[TestClient]:
    engine = create_engine(own_database_url)
    list(archive.ingest([REPORT], atlas, engine))
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        yield client


def cells(client: TestClient, **asked: str) -> set[tuple[str, ...]]:
    answer = client.get("/features", params={"limit": "100", **asked})
    assert answer.status_code == 200, answer.text
    features = answer.json()["features"]
    for feature in features:
        assert feature["properties"]["quote"] in REPORT.text
    return {
        (p["relation"], p["compass"] or "", p["place_name"], *(str(p[name]) for name in SAID))
        for p in (feature["properties"] for feature in features)
    }


NORTH = ("bearing", "N", "Bakhmut", "assault", "unknown", "UA", "claimed", "UA", "2023-07-13", "2023-07-13", "day")
SOUTH = ("bearing", "S", *NORTH[2:])
AXIS = ("axis", "", "Bila Hora", "advance", "partial_success", *NORTH[5:])
NEAR = ("near", "", "Berkhivka", "clash", "ongoing", "unknown", "claimed", "RU", "2023-07-12", "2023-07-12", "day")
SEIZED = (
    "at",
    "",
    "Bakhmut",
    "control_change",
    "success",
    "RU",
    "reported",
    "media",
    "2023-05-01",
    "2023-05-31",
    "month",
)
KYIV = ("at", "", "Kyiv", "drone_strike", "unknown", "RU", "reported", "media", "2023-07-13", "2023-07-13", "day")
ODESA = ("at", "", "Odesa", *KYIV[3:8], "2023-07-12", "2023-07-12", "day")
GAINS = ("at", "", "Bakhmut", "advance", "success", *NORTH[5:])


def test_every_cell(client: TestClient) -> None:
    assert cells(client) == {NORTH, SOUTH, AXIS, NEAR, SEIZED, KYIV, ODESA, GAINS}


@pytest.mark.parametrize("phrase", ["south of Bakhmut", "південніше Бахмута", "южнее Бахмута", "south of Artemivsk"])
def test_south(client: TestClient, phrase: str) -> None:
    found = cells(client, direction=phrase, datetime="2023-07-12/2023-07-13", kind="sector")
    assert {SOUTH, AXIS} <= found
    assert NORTH not in found


def test_north(client: TestClient) -> None:
    found = cells(client, direction="north of Bakhmut", datetime="2023-07-12/2023-07-13", kind="sector")
    assert NORTH in found
    assert not {SOUTH, AXIS} & found


def test_what_could_not_be_verified_says_so(client: TestClient) -> None:
    features = client.get("/features").json()["features"]
    ground = [f["properties"] for f in features if f["properties"]["event"] in ("assault", "advance", "clash")]
    assert ground
    assert all(properties["unverified"] for properties in ground)
