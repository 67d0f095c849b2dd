"""A page is fetched within limits and with courtesy; every refusal says why. Who may be asked: test_address.py."""

import gzip
from collections.abc import Callable, Iterator
from itertools import count

import httpx
import pytest

from app.domain.errors import FetchError, ReportError, UnreadableReport
from app.domain.feed import Validators
from app.domain.vocabulary import FailureReason
from app.sources.fetch import Fetcher, Limits
from tests.site import Site

Answer = Callable[[httpx.Request], httpx.Response]


def fetcher(answer: Answer, **limits: float) -> Fetcher:
    """Over a site without robots.txt, in a world without waiting."""
    return Fetcher(
        transport=Site(answer),
        limits=Limits(**limits),  # type: ignore[arg-type]
        sleep=lambda seconds: None,
    )


def page(content: bytes, status: int = 200, **headers: str) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: httpx.Response(status, headers=sent, stream=httpx.ByteStream(content))


def reason(fetcher: Fetcher, url: str = "https://wire.example/") -> FailureReason:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    assert "wire.example" in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize(
    "location",
    [
        "ftp://wire.example/a",
        "file:///etc/hostname",
        "gopher://wire.example/",
        "http://",
        "http://[",
        "//a:b@wire.example/",
    ],
)
def test_redirects_to_no_web_address_are_refused(location: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher(page(b"", 302, location=location)).get("https://wire.example/")
    assert caught.value.reason in (FailureReason.BAD_ADDRESS, FailureReason.REDIRECTS)


def test_redirects_end() -> None:
    numbers = count()
    assert (
        reason(fetcher(lambda request: httpx.Response(302, headers={"location": f"/{next(numbers)}"}))) == "redirects"
    )
    assert next(numbers) <= 8


def test_redirects_in_a_circle_are_seen_at_once() -> None:
    asked = []

    def circle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(302, headers={"location": "/b" if request.url.path == "/a" else "/a"})

    assert reason(fetcher(circle), "https://wire.example/a") == "redirects"
    assert asked == ["/a", "/b"]


def test_stops_at_the_size_limit_while_streaming() -> None:
    sent = count()

    def body() -> Iterator[bytes]:
        while True:
            next(sent)
            yield b"x" * 70_000

    assert reason(fetcher(lambda request: httpx.Response(200, content=body()), max_bytes=200_000)) == "too_large"
    assert next(sent) <= 5


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
def test_unpacks(encoding: str) -> None:
    text = "Бахмут. " * 50_000
    packed = gzip.compress(text.encode())
    assert fetcher(page(packed, content_encoding=encoding)).get("https://wire.example/").text == text
    assert fetcher(page(packed * 2, content_encoding=encoding)).get("https://wire.example/").text == text * 2


def test_counts_the_unpacked_size() -> None:
    packed = gzip.compress(b"x" * 50_000_000)
    assert reason(fetcher(page(packed, content_encoding="gzip"), max_bytes=1_000_000)) == "too_large"


@pytest.mark.parametrize(
    ("encoding", "content", "why"),
    [
        ("gzip", b"not packed", "malformed"),
        ("gzip", gzip.compress(b"x" * 1000)[:-9], "malformed"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x")), "wrong_type"),
        ("br", b"x", "wrong_type"),
    ],
)
def test_wrong_packing_is_named(encoding: str, content: bytes, why: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher(page(content, content_encoding=encoding)).get("https://wire.example/")
    assert caught.value.reason == why


def test_stops_at_the_time_limit() -> None:
    ticks = iter(range(0, 10_000, 4))
    slow = Fetcher(
        transport=Site(lambda request: httpx.Response(200, content=iter([b"a"] * 100))),
        limits=Limits(seconds=10),
        clock=lambda: float(next(ticks)),
    )
    assert reason(slow) == "timeout"


def test_honours_the_charset_of_the_answer() -> None:
    answer = page("Бахмут".encode("cp1251"), content_type="text/html; charset=windows-1251")
    assert fetcher(answer).get("https://wire.example/").text == "Бахмут"


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4"])
def test_refuses_other_kinds_of_content(kind: str) -> None:
    assert reason(fetcher(page(b"x", content_type=kind))) == "wrong_type"


def test_refuses_binary_content_under_a_text_name() -> None:
    with pytest.raises(UnreadableReport):
        _ = fetcher(page(b"%PDF-1.7 ...", content_type="text/html")).get("https://wire.example/").text


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (204, "refused"), (304, "refused"), (400, "refused"), (401, "forbidden"), (403, "forbidden"), (404, "gone"),
        (410, "gone"), (418, "refused"), (429, "busy"), (451, "forbidden"), (500, "server_error"),
        (503, "server_error"),
    ],
)  # fmt: skip
def test_statuses_have_reasons(status: int, why: str) -> None:
    assert reason(fetcher(page(b"", status))) == why


def test_tries_again_what_may_pass_in_a_moment() -> None:
    answers = iter([503, 500, 200])
    assert fetcher(lambda request: httpx.Response(next(answers), text="ok")).get("https://wire.example/").text == "ok"


def test_waits_as_long_as_is_asked_and_no_longer_than_it_has_patience() -> None:
    waited: list[float] = []

    def busy(after: str) -> Fetcher:
        def site(request: httpx.Request) -> httpx.Response:
            return httpx.Response(429, headers={"retry-after": after})

        return Fetcher(transport=Site(site), sleep=waited.append)

    assert reason(busy("7")) == "busy"
    assert waited == [7, 7]
    with pytest.raises(FetchError) as caught:
        busy("3600").get("https://wire.example/")
    assert caught.value.retry_after == 3600
    assert waited == [7, 7]


def test_asks_only_for_what_has_changed() -> None:
    asked: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers)
        if request.headers.get("if-none-match") == '"1"':
            return httpx.Response(304)
        return httpx.Response(
            200, text="one", headers={"etag": '"1"', "last-modified": "Wed, 12 Jul 2023 10:00:00 GMT"}
        )

    site = fetcher(answer)
    first = site.get("https://wire.example/")
    again = site.get("https://wire.example/", first.validators)
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.validators == first.validators
    assert asked[1]["if-modified-since"] == "Wed, 12 Jul 2023 10:00:00 GMT"
    site.get("https://wire.example/other", first.validators)
    assert "if-none-match" not in asked[2]


def test_the_same_content_is_unchanged_whatever_the_server_says() -> None:
    site = fetcher(page(b"one"))
    first = site.get("https://wire.example/")
    assert site.get("https://wire.example/", first.validators).unchanged
    assert not site.get("https://wire.example/", Validators(first.validators.url, digest="another")).unchanged


def robots(text: str, status: int = 200) -> Fetcher:
    def site(request: httpx.Request) -> httpx.Response:
        return (
            httpx.Response(status, text=text) if request.url.path == "/robots.txt" else httpx.Response(200, text="ok")
        )

    return Fetcher(transport=Site(site, robots=True), sleep=lambda seconds: None)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /news/", False),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/1.html", True),
        ("User-agent: frontline-map-api\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: another\nDisallow: /", True),
        ("<html>not found</html>", True),
        ("", True),
    ],
)
def test_does_what_robots_txt_says(text: str, allowed: bool) -> None:
    if allowed:
        assert robots(text).get("https://wire.example/news/1.html").text == "ok"
    else:
        assert reason(robots(text), "https://wire.example/news/1.html") == "robots"


def test_a_robots_txt_that_cannot_be_had_forbids() -> None:
    assert reason(robots("", 500)) == "server_error"
    assert robots("", 403).get("https://wire.example/").text == "ok"


def test_robots_txt_is_asked_for_once_and_its_delay_kept() -> None:
    asked: list[str] = []
    waited: list[float] = []

    def site(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200, text="User-agent: *\nCrawl-delay: 4")

    polite = Fetcher(transport=Site(site, robots=True), sleep=waited.append, clock=lambda: 0.0)
    for name in "abc":
        polite.get(f"https://wire.example/{name}")
    assert asked == ["/robots.txt", "/a", "/b", "/c"]
    assert waited == [4, 8]


def test_names_what_went_wrong() -> None:
    def unreachable(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused")

    def late(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("")

    assert reason(fetcher(unreachable)) == "unreachable"
    assert reason(fetcher(late)) == "timeout"
    for wrong in ("https://wire.example:door/", "https://wire.example:0/", "wire.example", "https://", "x" * 3000):
        with pytest.raises(ReportError) as caught:
            fetcher(page(b"")).get(wrong)
        assert caught.value.reason == "bad_address"
