"""An edited page: every state of it stays, the newest alone is on the map, and what others say is counted anew."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, select

from app.domain.report import Report
from app.gazetteer.open import Gazetteer
from app.ingest import archive, job
from app.ingest.hand_in import hand_in_address
from app.ingest.tasks import Workshop
from app.ingest.worker import work
from app.main import create_app
from app.sources.address import Reach
from app.sources.draft import Facts
from app.sources.fetch import Fetcher
from app.store.tables.evidence import report
from app.store.tables.interpretation import feature
from app.store.write.revisions import CHANNEL
from tests.api.conftest import MakeServices, services
from tests.ingest.tables import without_revision

__all__ = ["services"]

FIRST = "Ukrainian troops advanced near Klishchiivka, south of Bakhmut, the General Staff said on Wednesday evening."
SECOND = f"{FIRST} Two people were wounded when Russian forces shelled Kupiansk, the regional police said."
THIRD = SECOND.replace("Two people were wounded", "Three people were wounded")
STATES = (FIRST, SECOND, THIRD)
PAGE = Report(FIRST, date(2023, 7, 12), "Morning Courier", "The day", "https://news.example/day")


@dataclass
class Site:
    """A page that says whatever it is told to."""

    address: str
    article: str = ""


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/day"
            body = (
                "<html><head><title>The day</title><meta property='article:published_time' content='2023-07-12'>"
                f"<meta property='og:site_name' content='Morning Courier'></head><body><article><h1>The day</h1>"
                f"<p>{page.article}</p></article></body></html>"
            ).encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body if found else b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        page = Site(f"http://127.0.0.1:{server.server_port}/day")
        Thread(target=server.serve_forever, daemon=True).start()
        yield page
        server.shutdown()


@pytest.fixture
def engine(own_database_url: str) -> Iterator[Engine]:
    made = create_engine(own_database_url)
    yield made
    made.dispose()


def test_a_page_that_is_edited_twice(
    site: Site, engine: Engine, own_database_url: str, atlas: Gazetteer, services: MakeServices
) -> None:
    nearby = Reach((ip_network("127.0.0.0/8"),))
    for state in (*STATES, THIRD):
        site.article = state
        with engine.begin() as connection:
            hand_in_address(connection, site.address, Facts())
        work(own_database_url, lambda own: Workshop(atlas, own, Fetcher(reach=nearby)), stay=False)
    with TestClient(create_app(services(own_database_url))) as client:
        shown = {each["properties"]["report_id"] for each in client.get("/features").json()["features"]}
        [newest] = shown
        told = client.get(f"/reports/{newest}").json()
        assert told["superseded_by"] is None
        assert [each["newest"] for each in told["versions"]] == [False, False, True]
        older = [client.get(each["href"]).json() for each in told["versions"][:2]]
        assert [each["superseded_by"] for each in older] == [f"/reports/{newest}"] * 2
        assert [each["versions"] for each in older] == [told["versions"]] * 2
        assert [len(each["claims"]) for each in older] == [1, 2]
        assert [each["features"]["features"] for each in older] == [[], []]
        texts = ["\n".join(p["text"] for p in each["passages"]) for each in (*older, told)]
        for state, text in zip(STATES, texts, strict=True):
            assert state in text
        old_claim = older[0]["claims"][0]["href"]
        assert client.get(old_claim).json()["features"]["features"] == []


def states(engine: Engine) -> dict[str, str | None]:
    """By text, the text of the state that is newer."""
    with engine.connect() as connection:
        rows = connection.execute(select(report.c.id, report.c.text, report.c.superseded_by)).all()
    texts = {row.id: row.text for row in rows}
    return {row.text: texts.get(row.superseded_by) for row in rows}


def on_the_map(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        drawn = select(report.c.text).join(feature, feature.c.report_id == report.c.id)
        return set(connection.execute(drawn).scalars())


def test_in_an_archive_the_later_line_is_the_newer_state(engine: Engine, atlas: Gazetteer) -> None:
    list(archive.ingest([replace(PAGE, text=text) for text in STATES], atlas, engine))
    assert states(engine) == {FIRST: THIRD, SECOND: THIRD, THIRD: None}
    assert on_the_map(engine) == {THIRD}
    before = without_revision(str(engine.url.render_as_string(hide_password=False)))
    list(archive.ingest([replace(PAGE, text=text) for text in STATES], atlas, engine))
    list(job.redraw(atlas, engine))
    assert without_revision(str(engine.url.render_as_string(hide_password=False))) == before


def test_an_older_state_adds_no_voice_and_takes_none(engine: Engine, atlas: Gazetteer) -> None:
    witness = Report(
        "A reporter of ours saw how Ukrainian infantry moved forward near Klishchiivka.", PAGE.published, "Herald"
    )
    list(archive.ingest([PAGE, witness], atlas, engine))
    sources = {'"independent_sources":2,'}
    assert sources == counted(engine, witness)
    list(archive.ingest([replace(PAGE, text=SECOND)], atlas, engine))
    assert sources == counted(engine, witness)


def counted(engine: Engine, of: Report) -> set[str]:
    with engine.connect() as connection:
        bodies = connection.execute(select(feature.c.body).where(feature.c.report_id == of.id)).scalars().all()
    return {body[(at := body.index('"independent_sources"')) : body.index(",", at) + 1] for body in bodies}


@pytest.mark.parametrize(
    "other",
    [
        replace(PAGE, text="Russian forces shelled Kupiansk on Tuesday night, the governor of the region said."),
        replace(PAGE, text=SECOND, published=date(2023, 7, 13)),
        replace(PAGE, text=SECOND, url="https://news.example/another"),
        replace(PAGE, text=SECOND, publisher="Steppe Radio"),
        replace(PAGE, text=SECOND, url=None),
    ],
    ids=["other words", "other day", "other address", "other publisher", "no address"],
)
def test_what_is_no_state_of_the_same_page(engine: Engine, atlas: Gazetteer, other: Report) -> None:
    list(archive.ingest([PAGE, other], atlas, engine))
    assert set(states(engine).values()) == {None}


def test_a_channel_with_one_address_for_all_its_posts_is_no_page(engine: Engine, atlas: Gazetteer) -> None:
    posts = [replace(PAGE, text=f"{FIRST} Post {number} of the day.") for number in range(CHANNEL + 1)]
    list(archive.ingest(posts, atlas, engine))
    assert set(states(engine).values()) == {None}
