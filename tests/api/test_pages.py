"""What a browser is shown: pages that can be read and lead to each other, whatever stands in a report."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from app.api.pages.claim import LINKS
from app.api.pages.sketch import sketch
from app.domain.reading import Speaker
from app.domain.vocabulary import LinkKind, SpeakerSide
from app.gazetteer.open import Gazetteer
from app.ingest import archive
from app.main import create_app
from tests.api.conftest import MakeServices, Stock
from tests.briefings import ALL, BRIEFING
from tests.store.factories import BAKHMUT, KUPIANSK, a_report, stored

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PATHS = (
    "/timeline?per=month", "/coverage", "/places?q=Bakhmut", "/resolve?direction=south+of+Bakhmut",
    "/resolve?direction=10+km+north+of+Kupiansk&datetime=2023-07-12", "/places?q=nowherelike",
)  # fmt: skip


def page(client: TestClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": BROWSER})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), path
    assert answer.text.startswith("<!doctype html>")
    assert "script" not in answer.headers["content-security-policy"]
    return str(answer.text)


def links(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', text)]


def one(client: TestClient, feature: str) -> tuple[str, str]:
    """Paths of the claim and of the report of a feature."""
    told = client.get(f"/features/{feature}").json()["properties"]
    return f"/claims/{told['claim_id']}", f"/reports/{told['report_id']}"


def test_a_program_gets_what_it_always_got(client: TestClient, stock: Stock) -> None:
    for path in (*PATHS, *one(client, stock.south)):
        plain = client.get(path)
        assert "json" in plain.headers["content-type"], path
        other = client.get(path, headers={"Accept": BROWSER})
        assert plain.headers["etag"] != other.headers["etag"]
        assert 'rel="alternate"; type="text/html' in plain.headers["link"]
        assert "Accept" in plain.headers["vary"]
        assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
        joint = "&" if "?" in path else "?"
        assert client.get(f"{path}{joint}f=html").text.startswith("<!doctype html>")
        assert client.get(f"{path}{joint}f=json", headers={"Accept": BROWSER}).json() == plain.json()
        assert client.get(f"{path}{joint}f=csv").status_code == 400
        assert client.get(path, headers={"Accept": BROWSER, "If-None-Match": other.headers["etag"]}).status_code == 304


def test_every_link_of_a_page_leads_somewhere(client: TestClient, stock: Stock) -> None:
    seen: set[str] = set()
    for path in (*PATHS, *one(client, stock.shelling)):
        for address in links(page(client, path)):
            whole = urljoin("http://testserver/", address).partition("#")[0]
            made_up = BAKHMUT.id in whole or KUPIANSK.id in whole  # by the tests, not in the gazetteer
            if whole not in seen and whole.startswith("http://testserver/") and not whole.endswith("/map") | made_up:
                seen.add(whole)
                assert client.get(whole).status_code == 200, (path, address)
    assert len(seen) > 20


def test_from_a_claim_to_its_report_and_back(client: TestClient, stock: Stock) -> None:
    claim, report = one(client, stock.south)
    told = page(client, claim)
    assert "<mark>South of Bakhmut the fighting goes on.</mark>" in told
    for said in ("the General Staff", "Places considered", "the only one", "4.0 km", "<svg", "Testimony Daily"):
        assert said in told, said
    assert f"http://testserver{report}?f=html" in links(told)
    whole = page(client, report)
    assert f"http://testserver{claim}?f=html" in links(whole)
    assert re.search(r"<blockquote><mark><a [^>]+>South of Bakhmut the fighting goes on.</a></mark>", whole)


def test_linked_claims_come_with_their_reasons(own_database_url: str, atlas: Gazetteer, services: MakeServices) -> None:
    assert {each.value for each in LinkKind} | {"reasserted_by"} == LINKS.keys()
    engine = create_engine(own_database_url)
    list(archive.ingest(ALL, atlas, engine))
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        [listed] = client.get(f"/reports/{BRIEFING[0].id}").json()["claims"]
        told = client.get(listed["href"]).json()
        shown = unescape(page(client, listed["href"]))
        assert told["linked"] and told["copies"]
        for each in told["linked"]:
            assert LINKS[each["kind"]] in shown
            assert each["reason"] in shown
            assert f"/claims/{each['claim']['id']}?f=html" in shown
        for each in told["copies"]:
            assert each["publisher"] in shown
        page(client, f"/reports/{BRIEFING[0].id}")


@pytest.mark.parametrize("url", ["javascript:alert(1)", 'https://news.example/"onmouseover="x', "data:text/html,x"])
def test_hostile_text_stays_text(own_database_url: str, services: MakeServices, url: str) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=y>"
    report = a_report(text=f"South of {evil}\"' &amp; goes on\n", publisher=f"{evil}'", title=f'{evil}"', url=url)
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        feature = stored(connection, report, speaker=Speaker(evil, SpeakerSide.UA))
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        paths = ("/features", f"/features/{feature}", "/collections/reports/items", "/coverage", "/timeline")
        for path in (*paths, *one(client, feature)):
            text = page(client, path)
            assert "<script" not in text and "<img" not in text, path
            assert 'href="javascript' not in text and 'href="data' not in text and '"onmouseover' not in text
        for query, status in ((f"{evil}'", 200), (f'"{evil}', 400)):
            for path in ("/timeline", "/coverage"):
                shown = client.get(path, params={"publisher": query}, headers={"Accept": BROWSER})
                assert (shown.status_code, "<script" in shown.text) == (status, False)
            assert "<script" not in page(client, f"/places?q={query[:90]}")


def test_a_sketch_holds_what_it_is_given() -> None:
    assert sketch([], {}) == ""
    point = {"type": "Point", "coordinates": [38.0, 48.6]}
    ring = [[37.9, 48.5], [38.1, 48.5], [38.1, 48.7], [37.9, 48.5]]
    drawn = sketch([point, {"type": "Polygon", "coordinates": [ring]}], {"Bakhmut <city>": (38.0, 48.6)})
    assert drawn.count("<path") == 1 and drawn.count("<circle") == 2
    assert "Bakhmut &lt;city&gt;" in drawn
    numbers = [float(each) for each in re.findall(r'c[xy]="([-\d.]+)"', drawn)]
    assert all(0 <= each <= 420 for each in numbers)


def test_a_list_is_narrowed_from_its_own_page(client: TestClient) -> None:
    text = page(client, "/features?event=assault&datetime=2023-07-12&offset=0")
    where, when = re.findall(r"<form.*?</form>", text)
    assert 'name="direction"' in where
    assert '<input type="hidden" name="event" value="assault">' in where
    assert '<input type="hidden" name="datetime" value="2023-07-12">' in where
    assert "offset" not in where
    assert 'name="datetime" value="2023-07-12"' in when
    assert 'type="hidden" name="datetime"' not in when
    assert "/claims/" in "".join(links(text))
    assert 'name="datetime"' not in page(client, "/collections/places/items?limit=1"), "places have no time"
    nothing = page(client, "/features?datetime=1999-01-01")
    assert "no proof that nothing happened" in nothing


def test_the_first_page_is_for_people_and_has_all_that_programs_find(client: TestClient) -> None:
    text = page(client, "/")
    assert '<input name="direction"' in text
    told = client.get("/").json()["links"]
    assert {each["href"] for each in told if each["rel"] not in {"self", "alternate"}} <= set(links(text))
    for address in links(text):
        if not address.endswith("/map"):  # which the door adds
            assert client.get(address).status_code in {200, 503}, address
