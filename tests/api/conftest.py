"""The API over a real database with a few known features, and over the real gazetteer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from fastapi.testclient import TestClient
from shapely import Point, box, orient_polygons
from sqlalchemy import URL, create_engine

from app.api.answer.responses import Json
from app.api.services import Services, Submissions
from app.domain.place import Place
from app.domain.reading import Speaker
from app.domain.report import Report
from app.domain.vocabulary import Actor, ClaimStatus, Event, Language, SpeakerSide
from app.gazetteer.open import Gazetteer
from app.ingest.hand_in import hand_in_address, hand_in_report
from app.ingest.register import entries
from app.main import create_app
from app.store.access import read_engine, write_engine
from app.store.write.register import publish, register_digest
from tests.database import Server
from tests.store.factories import KUPIANSK, numbered_report, stored

MakeServices = Callable[[str], Services]
"""From the address of a database."""
VERSION = "test"
TODAY = date(2023, 8, 1)


@dataclass(frozen=True)
class Stock:
    """A database and the ids of what is in it."""

    url: str
    south: str
    """A wedge south of Bakhmut, 12 July 2023."""
    north: str
    """The same to the north, told by the other side, 10 and 11 July."""
    shelling: str
    """A point at Kupiansk, 1 July, told in Ukrainian and denied."""

    @property
    def everything(self) -> set[str]:
        return {self.south, self.north, self.shelling}


@pytest.fixture(scope="session")
def stock(database_server: Server, _migrated: URL, atlas: Gazetteer) -> Iterator[Stock]:
    with database_server.database(_migrated) as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            south = stored(
                connection,
                geometry=orient_polygons(box(37.9, 48.4, 38.1, 48.58)),
                event=Event.ASSAULT,
                actor=Actor.UA,
                start=date(2023, 7, 12),
                end=date(2023, 7, 12),
            )
            north = stored(
                connection,
                geometry=orient_polygons(box(37.9, 48.62, 38.1, 48.75)),
                speaker=Speaker("Ivan Petrenko", SpeakerSide.RU),
                publisher="Front Gazette",
                start=date(2023, 7, 10),
                end=date(2023, 7, 11),
                footprint={"probability": 0.5},
            )
            shelling = stored(
                connection,
                geometry=Point(37.616, 49.711),
                place=KUPIANSK,
                event=Event.SHELLING,
                actor=Actor.RU,
                lang=Language.UK,
                claim_status=ClaimStatus.DENIED,
                start=date(2023, 7, 1),
                end=date(2023, 7, 1),
                published=date(2023, 7, 2),
            )
            hand_in_report(connection, numbered_report(connection))
            publish(connection, register_digest(atlas.digest, VERSION), lambda: entries(atlas))
        engine.dispose()
        yield Stock(url.render_as_string(hide_password=False), south, north, shelling)


def echo(report: Report) -> Json:
    return {"id": report.id, "text": report.text, "published": report.published.isoformat(), "lang": report.lang}


@pytest.fixture(scope="session")
def services(atlas: Gazetteer) -> MakeServices:
    def find_places(name: str, limit: int) -> list[tuple[Place, str]]:
        return [(match.place, match.within) for match in atlas.search(name, limit)]

    return lambda url: Services(read_engine(url, pool_size=2), atlas, echo, find_places, VERSION, lambda: TODAY)


@pytest.fixture(scope="session")
def client(stock: Stock, services: MakeServices) -> Iterator[TestClient]:
    taken = Submissions(write_engine(stock.url), hand_in_report, hand_in_address)
    with TestClient(create_app(replace(services(stock.url), submissions=taken))) as client:
        yield client
