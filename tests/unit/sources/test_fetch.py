"""A page is fetched only from the public internet and within its limits; every refusal says why."""

import gzip
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread

import httpx
import pytest

from app.domain.errors import FetchError, UnreadableReport
from app.sources.address import is_public
from app.sources.fetch import Fetcher, Limits

PUBLIC = "93.184.215.14"
Answer = Callable[[httpx.Request], httpx.Response]


def fetcher(answer: Answer, addresses: dict[str, list[str]] | None = None, **limits: float) -> Fetcher:
    known = addresses or {}
    return Fetcher(
        transport=httpx.MockTransport(answer),
        resolve=lambda host, port: known.get(host, [PUBLIC]),
        limits=Limits(**limits),  # type: ignore[arg-type]
    )


def text(body: str) -> Answer:
    return lambda request: httpx.Response(200, text=body)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.7", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "198.18.0.1",
        "2002:7f00:1::", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::6810:84e5", "::ffff:8.8.8.8"])
def test_addresses_outside_are_public(address: str) -> None:
    assert is_public(address)


def test_connects_to_the_address_that_was_checked_under_the_name_that_was_asked() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, text="ok")

    page = fetcher(answer).get("https://wire.example:8443/a?b=c")
    (request,) = seen
    assert str(request.url) == f"https://{PUBLIC}:8443/a?b=c"
    assert request.headers["host"] == "wire.example:8443"
    assert request.extensions["sni_hostname"] == "wire.example"
    assert page.url == "https://wire.example:8443/a?b=c"
    assert page.text == "ok"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]:8000/", "http://169.254.169.254/latest/meta-data/",
        "http://inside.example/", "http://mixed.example/", "http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://0x7f.1/",
    ],
)  # fmt: skip
def test_refuses_private_addresses_by_number_and_by_name(url: str) -> None:
    names = {"inside.example": ["192.168.0.9"], "mixed.example": [PUBLIC, "10.0.0.1"]}
    numbers = {"localhost": ["127.0.0.1"], "2130706433": ["127.0.0.1"], "0x7f.1": ["127.0.0.1"]}
    literal = {"127.0.0.1": ["127.0.0.1"], "::1": ["::1"], "::ffff:10.0.0.1": ["::ffff:10.0.0.1"]}
    linked = {"169.254.169.254": ["169.254.169.254"]}
    with pytest.raises(FetchError, match="public internet"):
        fetcher(text("secret"), {**names, **numbers, **literal, **linked}).get(url)


def test_checks_every_redirect() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "http://inside.example/secret"})

    with pytest.raises(FetchError, match=r"inside\.example is not on the public internet"):
        fetcher(answer, {"inside.example": ["10.0.0.1"]}).get("https://wire.example/")


@pytest.mark.parametrize("location", ["ftp://wire.example/a", "file:///etc/hostname", "gopher://wire.example/"])
def test_redirects_to_other_schemes_are_refused(location: str) -> None:
    with pytest.raises(FetchError):
        fetcher(lambda request: httpx.Response(302, headers={"location": location})).get("https://wire.example/")


def test_redirects_end() -> None:
    with pytest.raises(FetchError, match="redirects too often"):
        fetcher(lambda request: httpx.Response(302, headers={"location": "/again"})).get("https://wire.example/")


def test_private_addresses_can_be_allowed() -> None:
    with Fetcher(transport=httpx.MockTransport(text("mine")), private=True) as inside:
        assert inside.get("http://127.0.0.1:9/").text == "mine"


def test_stops_at_the_size_limit_while_streaming() -> None:
    sent = count()

    def body() -> Iterator[bytes]:
        while True:
            next(sent)
            yield b"x" * 1000

    with pytest.raises(FetchError, match="larger than 5,000 bytes"):
        fetcher(lambda request: httpx.Response(200, content=body()), max_bytes=5000).get("https://wire.example/")
    assert next(sent) <= 7


def test_counts_the_unpacked_size() -> None:
    packed = gzip.compress(b"x" * 1_000_000)
    headers = {"content-encoding": "gzip", "content-type": "text/plain"}
    with pytest.raises(FetchError, match="larger"):
        fetcher(lambda request: httpx.Response(200, content=packed, headers=headers), max_bytes=5000).get(
            "https://wire.example/"
        )


def test_stops_at_the_time_limit() -> None:
    ticks = iter(range(0, 1000, 4))
    slow = Fetcher(
        transport=httpx.MockTransport(lambda request: httpx.Response(200, content=iter([b"a"] * 100))),
        resolve=lambda host, port: [PUBLIC],
        limits=Limits(seconds=10),
        clock=lambda: float(next(ticks)),
    )
    with pytest.raises(FetchError, match="longer than 10 seconds"):
        slow.get("https://wire.example/")


def test_honours_the_charset_of_the_answer() -> None:
    headers = {"content-type": "text/html; charset=windows-1251"}
    page = fetcher(lambda request: httpx.Response(200, content="Бахмут".encode("cp1251"), headers=headers))
    assert page.get("https://wire.example/").text == "Бахмут"


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4"])
def test_refuses_other_kinds_of_content(kind: str) -> None:
    with pytest.raises(FetchError, match="not a text"):
        fetcher(lambda request: httpx.Response(200, content=b"x", headers={"content-type": kind})).get(
            "https://w.example/"
        )


def test_refuses_binary_content_under_a_text_name() -> None:
    with pytest.raises(UnreadableReport):
        fetcher(lambda request: httpx.Response(200, html="%PDF-1.7 …")).get("https://wire.example/")


def test_names_what_went_wrong() -> None:
    def unreachable(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused")

    def late(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("")

    def nameless(host: str, port: int) -> list[str]:
        raise OSError("unknown")

    with pytest.raises(FetchError, match="404"):
        fetcher(lambda request: httpx.Response(404)).get("https://wire.example/")
    with pytest.raises(FetchError, match="refused"):
        fetcher(unreachable).get("https://wire.example/")
    with pytest.raises(FetchError, match="in time"):
        fetcher(late).get("https://wire.example/")
    with pytest.raises(FetchError, match="does not resolve"):
        Fetcher(transport=httpx.MockTransport(text("")), resolve=nameless).get("https://wire.example/")
    with pytest.raises(FetchError, match="no address"):
        fetcher(text("")).get("https://wire.example:door/")
    with pytest.raises(FetchError, match="name and password"):
        fetcher(text("")).get("https://user:secret@wire.example/")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write("Комбінований удар".encode())

    def log_message(self, *_: object) -> None:
        pass


def test_a_real_server_on_this_machine_is_reached_only_when_allowed() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://localhost:{server.server_port}/"
        with Fetcher(private=True) as inside, Fetcher() as outside:
            assert inside.get(url).text == "Комбінований удар"
            with pytest.raises(FetchError, match="public internet"):
                outside.get(url)
        server.shutdown()
