"""A web site with all that a site can do to whoever fetches from it: good, slow, broken, huge, redirecting, lying,
cyclic and hostile feeds and pages. `python -m tests.ingest.hostile_site` serves it until Ctrl-C and prints its address.
"""

import gzip
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from app.domain.feed import Feed
from app.domain.vocabulary import FeedKind

SENTENCES = {
    "good-1": "Ukrainian troops repelled two attacks south of Lyman on Wednesday, the General Staff said.",
    "good-2": "Russian forces shelled Kupiansk on Thursday evening, the regional administration said.",
    "good-3": "Ukrainian forces advanced toward Robotyne, a spokesman of the Tavria group said on Friday.",
    "cp1251": "Російські війська обстріляли Нікополь увечері в суботу, повідомила обласна адміністрація.",
    "moved": "Fighting continued in the area of Torske on Sunday, the General Staff said.",
    "atom-1": "Drones struck a depot near Kramatorsk on Monday night, the governor said.",
    "map-1": "Attacks near Vuhledar were repelled on Tuesday, the General Staff reported.",
    "map-2": "The enemy shelled Huliaipole from tanks on Tuesday, the General Staff reported.",
    "lied": "Clashes went on east of Siversk on Wednesday, the General Staff said.",
}
GOOD = frozenset(SENTENCES)
BOMB = gzip.compress(b"<rss>" + b" " * 50_000_000, 1)
ENDLESS = b"x" * 65_536
Route = Callable[["Handler"], None]


def page(name: str, *, dated: bool = True, head: str = "") -> bytes:
    text = SENTENCES.get(name, "Nothing was attacked near Lyman.")
    meta = '<meta property="article:published_time" content="2023-07-12T20:10:00+03:00">' if dated else ""
    filler = "<p>The administration repeated its call to leave the villages along the line of contact.</p>" * 4
    return (
        f"<!doctype html><html><head><title>Summary {name}</title>{meta}{head}"
        f'<meta property="og:site_name" content="Test Wire"></head>'
        f"<body><article><h1>Summary {name}</h1><p>{text}</p>{filler}</article></body></html>"
    ).encode()


def rss(*links: str, head: str = "", date: str = "Wed, 12 Jul 2023 22:30:00 GMT") -> bytes:
    entries = "".join(
        f"<item><title>Entry {n}</title><link>{link}</link><pubDate>{date}</pubDate></item>"
        for n, link in enumerate(links)
    )
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>T</title>{entries}</channel></rss>'.encode()


def atom(*links: str) -> bytes:
    entries = "".join(
        f'<entry><title>A</title><id>urn:{link}</id><link href="{link}"/><published>2023-07-10T23:30:00Z</published>'
        f"<updated>2023-07-11T01:00:00Z</updated></entry>"
        for link in links
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><updated>2023-07-11T01:00:00Z</updated>{entries}</feed>'.encode()


def urlset(*links: str) -> bytes:
    urls = "".join(f"<url><loc>{link}</loc><lastmod>2023-07-12</lastmod></url>" for link in links)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def index(*links: str) -> bytes:
    maps = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode()


LAUGHS = (
    '<!DOCTYPE z [<!ENTITY a "'
    + "a" * 1000
    + '">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 100}">' for n in range(6))
    + "]>"
)


def send(
    content: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, more: dict[str, str] | None = None
) -> Route:
    def route(handler: "Handler") -> None:
        headers = {"Content-Type": kind, "Content-Length": str(len(content))}
        handler.begin(status, headers | (more or {}))
        handler.wfile.write(content)

    return route


def redirect(location: str, status: int = 302) -> Route:
    return lambda handler: handler.begin(status, {"Location": location, "Content-Length": "0"})


def trickle(handler: "Handler") -> None:
    """A byte now and then, for ever."""
    handler.begin(200, {"Content-Type": "application/rss+xml"})
    while True:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def endless_headers(handler: "Handler") -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X: y\r\n")
        handler.wfile.flush()
        time.sleep(0.1)


def silent(handler: "Handler") -> None:
    time.sleep(60)


def huge(handler: "Handler") -> None:
    handler.begin(200, {"Content-Type": "application/rss+xml"})
    while True:
        handler.wfile.write(ENDLESS)


def cut_off(handler: "Handler") -> None:
    handler.begin(200, {"Content-Type": "application/rss+xml", "Content-Length": "100000"})
    handler.wfile.write(rss("/page/good-1"))


def conditional(content: bytes, kind: str) -> Route:
    """With a validator, and nothing new for who holds it."""

    def route(handler: "Handler") -> None:
        if handler.headers.get("If-None-Match") == '"1"':
            handler.begin(304, {"ETag": '"1"'})
        else:
            send(content, kind, more={"ETag": '"1"'})(handler)

    return route


def no_http(handler: "Handler") -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")


def routes(base: str) -> dict[str, Route]:
    tracked = f"{base}/page/good-1?utm_source=rss&amp;fbclid=1#top"
    return {
        "/robots.txt": send(b"User-agent: *\nDisallow: /forbidden\n", "text/plain"),
        **{f"/page/{name}": conditional(page(name), "text/html") for name in GOOD - {"cp1251", "moved"}},
        "/page/cp1251": send(page("cp1251").decode().encode("cp1251"), "text/html; charset=windows-1251"),
        "/page/old": redirect("/page/moved", 301),
        "/page/moved": send(page("moved")),
        "/page/undated": send(page("undated", dated=False)),
        "/page/empty": send(b"<!doctype html><html><body><script>a()</script></body></html>"),
        "/page/picture": send(b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "text/html"),
        "/page/pdf": send(b"%PDF-1.7", "application/pdf"),
        "/page/deep": send(b"<!doctype html><html><body>" + b"<div>" * 100_000),
        "/page/attributes": send(b"<!doctype html><p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">"),
        "/page/novel": send(b"<!doctype html><html><body><p>" + b"Nothing was attacked near Lyman. " * 250_000),
        "/page/gone": send(b"", status=410),
        "/page/inside": redirect("http://169.254.169.254/latest/meta-data/"),
        "/forbidden/page": send(page("good-1")),
        # Good feeds; the second names what the first has named.
        "/good.rss": conditional(
            rss("/page/good-1", f"{base}/page/good-2", tracked, "/page/cp1251", "/page/old"), "application/rss+xml"
        ),
        "/again.rss": conditional(rss(tracked, "/page/good-3"), "application/rss+xml"),
        "/good.atom": conditional(atom(f"{base}/page/atom-1"), "application/atom+xml"),
        "/map.xml": send(index(f"{base}/part.xml.gz", f"{base}/map.xml", f"{base}/nowhere.xml"), "application/xml"),
        "/part.xml.gz": send(
            gzip.compress(urlset(f"{base}/page/map-1", f"{base}/page/map-2")), "application/octet-stream"
        ),
        # Feeds that lie: the first is one all the same.
        "/lying-good": send(rss("/page/lied"), "text/html"),
        "/lying-page": send(page("good-1"), "application/rss+xml"),
        "/lying-picture": send(b"\x89PNG\r\n\x1a\n" + b"\0" * 5000, "application/rss+xml"),
        "/image": send(b"GIF89a", "image/gif"),
        # Bad pages, each named by a good feed.
        "/bad-pages.rss": send(
            rss(
                "/page/undated", "/page/empty", "/page/picture", "/page/pdf", "/page/deep", "/page/attributes",
                "/page/novel",
                "/page/gone", "/page/inside", "/forbidden/page", "javascript:alert(1)", "file:///etc/passwd",
                "http://10.0.0.1/", "http://user:secret@wire.example/", "http://[::1]:22/", date="none",
            ),
            "application/rss+xml",
        ),
        # Slow, huge, broken and cyclic ones.
        "/trickle": trickle,
        "/headers": endless_headers,
        "/silent": silent,
        "/huge": huge,
        "/bomb": send(BOMB, "application/rss+xml", more={"Content-Encoding": "gzip"}),
        "/cut": cut_off,
        "/smtp": no_http,
        "/broken": send(b"<rss><channel><<<<>>", "application/rss+xml"),
        "/laughs": send(rss("/page/good-1", head=LAUGHS), "application/rss+xml"),
        "/external": send(
            rss("/page/good-1", head='<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "application/rss+xml"
        ),
        "/attributes": send(b"<rss " + b" ".join(b"a%d='1'" % n for n in range(5000)) + b"/>", "application/rss+xml"),
        "/circle": redirect("/circle/"),
        "/circle/": redirect("/circle"),
        "/inside": redirect("http://169.254.169.254/latest/meta-data/"),
        "/file": redirect("file:///etc/passwd"),
        "/cyclic.xml": send(index(f"{base}/cyclic.xml"), "application/xml"),
        "/404": send(b"", status=404),
        "/403": send(b"", status=403),
        "/500": send(b"", status=500),
        "/429": send(b"", status=429, more={"Retry-After": "3600"}),
        "/418": send(b"", status=418),
        "/forbidden.rss": send(rss("/page/good-1"), "application/rss+xml"),
    }  # fmt: skip


MAPS = frozenset({"/map.xml", "/cyclic.xml"})
GOOD_FEEDS = ("/good.rss", "/again.rss", "/good.atom", "/map.xml", "/lying-good", "/bad-pages.rss")
BAD_FEEDS = {
    "/lying-page": "wrong_type", "/lying-picture": "wrong_type", "/image": "wrong_type", "/trickle": "timeout",
    "/headers": "timeout", "/silent": "timeout", "/huge": "too_large", "/bomb": "too_large", "/cut": "unreachable",
    "/smtp": "unreachable", "/broken": "malformed", "/laughs": "malformed", "/external": "malformed",
    "/attributes": "malformed", "/circle": "redirects", "/inside": "not_public", "/file": "bad_address",
    "/cyclic.xml": "malformed", "/404": "gone", "/403": "forbidden", "/500": "server_error", "/429": "busy",
    "/418": "refused", "/forbidden.rss": "robots",
}  # fmt: skip
BAD_PAGES = {
    "/page/undated": "undated", "/page/empty": "unreadable", "/page/picture": "unreadable", "/page/pdf": "wrong_type",
    "/page/gone": "gone", "/page/deep": "too_large", "/page/attributes": "too_large", "/page/novel": "too_large",
    "/page/inside": "not_public", "/forbidden/page": "robots", "/nowhere.xml": "gone",
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """One answer to a connection."""

    server: "Server"

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        route = self.server.routes.get(self.path.partition("?")[0], send(b"", status=404))
        with suppress(BrokenPipeError, ConnectionResetError):
            route(self)

    def begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.routes = routes(self.base)
        self.asked: Counter[str] = Counter()


@dataclass(frozen=True)
class HostileSite:
    base: str
    asked: Counter[str]
    """How often each path was asked for."""

    def feeds(self) -> list[Feed]:
        """Named by their paths; nobody listens at the last one."""
        paths = [*GOOD_FEEDS, *BAD_FEEDS]
        listed = [
            Feed(
                name=path.strip("/").replace(".", "-").replace("/", "-"),
                address=self.base + path,
                kind=FeedKind.SITEMAP if path in MAPS else FeedKind.FEED,
                publisher="Test Wire",
                zone="Europe/Kyiv",
                pause=0,
            )
            for path in paths
        ]
        return [*listed, Feed("nobody", "http://127.0.0.1:9/", FeedKind.FEED, "Test Wire", pause=0)]


@contextmanager
def hostile_site() -> Iterator[HostileSite]:
    with Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield HostileSite(server.base, server.asked)
        server.shutdown()


if __name__ == "__main__":
    with hostile_site() as site:
        print(site.base, flush=True)  # noqa: T201
        while True:
            time.sleep(3600)
