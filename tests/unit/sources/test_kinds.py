"""What stands at a feed's address becomes its items; what is wrong with it is told, and costs no time."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from app.domain.errors import FeedError, ReportError
from app.domain.feed import Feed, Item, Validators
from app.domain.report import Report
from app.domain.vocabulary import DateBasis, FeedKind
from app.sources.canonical import canonical
from app.sources.dateline import dateline
from app.sources.draft import Facts
from app.sources.fetch import Fetcher
from app.sources.look import ITEMS_MAX, look
from app.sources.pages import each, open_address, read_item
from app.sources.register import build_feed
from tests.site import Site

NOW = datetime(2023, 7, 14, 12, tzinfo=UTC)
WIRE = Feed("wire", "https://wire.example/feed", FeedKind.FEED, "The Wire", zone="Europe/Kyiv", pause=0)


def found(content: bytes | dict[str, bytes], feed: Feed = WIRE) -> list[Item | ReportError]:
    pages = content if isinstance(content, dict) else {"/feed": content}

    def answer(request: httpx.Request) -> httpx.Response:
        body = pages.get(request.url.path)
        return httpx.Response(404) if body is None else httpx.Response(200, content=body)

    with Fetcher(transport=Site(answer), sleep=lambda seconds: None) as fetcher:
        return list(each(look(feed, Validators(), fetcher, NOW).found, feed.address))


def rss(items: str, encoding: str = "utf-8") -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>{items}</channel></rss>'.encode(
        encoding
    )


def test_an_entry_is_a_page_with_the_publishers_day() -> None:
    [item] = found(
        rss(
            "<item><title>Бої &amp;amp; &lt;b&gt;обстріли&lt;/b&gt;</title>"
            "<link> /a/1?utm_source=rss&amp;id=2#top </link>"
            "<pubDate>Wed, 12 Jul 2023 22:30:00 GMT</pubDate></item>",
            "windows-1251",
        )
    )
    assert item == Item(
        "https://wire.example/a/1?id=2", published=date(2023, 7, 13), basis=DateBasis.FEED, title="Бої & обстріли"
    )


def test_an_atom_entry_that_tells_only_when_it_was_edited() -> None:
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><id>urn:1</id>'
        b'<link href="a/1"/><updated>2023-07-11T21:30:00Z</updated></entry></feed>'
    )
    [item] = found(atom)
    assert isinstance(item, Item)
    assert (item.address, item.published) == ("https://wire.example/a/1", None)
    answer = Fetcher(transport=Site(lambda request: httpx.Response(200, text="Combat near Lyman."))).get(item.address)
    report = read_item(item, WIRE, answer, NOW)
    assert (report.published, report.basis) == (date(2023, 7, 12), DateBasis.FEED)


def test_an_entry_without_a_link_is_its_own_text() -> None:
    [item] = found(
        rss("<item><guid isPermaLink='false'>7</guid><description>"
            "&lt;p&gt;Combat near Lyman.&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</description>"
            "<pubDate>Wed, 12 Jul 2023 10:00:00 GMT</pubDate></item>")
    )  # fmt: skip
    assert isinstance(item, Item)
    assert item.address == "https://wire.example/feed#7"
    report = read_item(item, WIRE, None, NOW)
    assert "Combat near Lyman." in report.text
    assert "<p>" not in report.text
    assert (report.publisher, report.published) == ("The Wire", date(2023, 7, 12))


@pytest.mark.parametrize("when", ["Wed, 12 Jul 2099 10:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", ""])
def test_a_date_that_cannot_be_true_is_none(when: str) -> None:
    [item] = found(rss(f"<item><link>/a</link><pubDate>{when}</pubDate></item>"))
    assert isinstance(item, Item)
    assert (item.published, item.basis) == (None, None)


def test_a_feed_cut_short_gives_what_it_has_and_says_so() -> None:
    item, error = found(rss("<item><link>/a</link></item>")[:-16])
    assert isinstance(item, Item)
    assert isinstance(error, ReportError)
    assert "cut short" in str(error)


def test_of_a_long_feed_the_first_are_taken_and_the_rest_is_told() -> None:
    items = found(rss("".join(f"<item><link>/{n}</link></item>" for n in range(ITEMS_MAX + 5))))
    assert len(items) == ITEMS_MAX + 1
    assert isinstance(items[-1], ReportError)
    assert items[-1].reason == "too_large"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "wrong_type"),
        (b"<html><body>Not found</body></html>", "wrong_type"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "wrong_type"),
        (b"<rss", "malformed"),
        (b"<rss><channel></chan", "malformed"),
        (b'<!DOCTYPE r [<!ENTITY a "x">]><rss><channel><item><link>/a</link></item></channel></rss>', "malformed"),
        (b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel/></rss>', "malformed"),
        (b"<rss " + b" ".join(b"a%d='1'" % n for n in range(2000)) + b"/>", "malformed"),
        (b"<rss><channel><item>" + b"<" * 1_000_000, "malformed"),
    ],
)
def test_what_is_no_feed_is_named(content: bytes, reason: str) -> None:
    [error] = found(content)
    assert isinstance(error, ReportError)
    assert error.reason == reason
    assert error.target == WIRE.address


def urlset(*pages: str) -> bytes:
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(pages)}</urlset>'.encode()


def test_a_sitemap_gives_its_pages_those_edited_last_first() -> None:
    index = b"<sitemapindex><sitemap><loc>https://wire.example/1.gz</loc></sitemap><sitemap><loc>https://wire.example/2</loc></sitemap><sitemap><loc>https://wire.example/feed</loc></sitemap></sitemapindex>"
    part = urlset(
        "<url><loc>https://wire.example/old</loc><lastmod>2023-07-01</lastmod></url>",
        "<url><loc>https://wire.example/new</loc><lastmod>2023-07-13T10:00:00+03:00</lastmod><news:news>"
        "<news:publication_date>2023-07-12T23:30:00Z</news:publication_date><news:title>News</news:title></news:news></url>",
        "<url><loc>ftp://wire.example/no</loc></url>",
    )
    sitemap = replace(WIRE, kind=FeedKind.SITEMAP)
    items = found({"/feed": index, "/1.gz": gzip.compress(part)}, sitemap)
    good = [item for item in items if isinstance(item, Item)]
    assert [item.address for item in good] == ["https://wire.example/new", "https://wire.example/old"]
    assert (good[0].published, good[0].title, good[1].published) == (date(2023, 7, 13), "News", None)
    assert good[0].changed == datetime(2023, 7, 13, 7, tzinfo=UTC)
    assert [error.reason for error in items if isinstance(error, ReportError)] == ["bad_address", "gone", "malformed"]


def test_a_packed_sitemap_is_no_bomb() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000, 1)
    [error] = found(bomb, replace(WIRE, kind=FeedKind.SITEMAP))
    assert isinstance(error, ReportError)
    assert error.reason == "too_large"


def test_a_channel_as_telegram_exports_it(tmp_path: Path) -> None:
    messages = [
        {"id": 1, "type": "service", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2023-07-12T22:30:00", "date_unixtime": "1689201000",
         "text": ["Attacks near ", {"type": "bold", "text": "Lyman"}, " were repelled."]},
        {"id": 3, "type": "message", "date": "2023-07-12T23:00:00", "text": "Shelling of Kupiansk."},
        {"id": 4, "type": "message", "date_unixtime": "1689201000", "text": "", "photo": "x.jpg"},
        "no message",
    ]  # fmt: skip
    file = tmp_path / "result.json"
    file.write_text(json.dumps({"name": "Channel", "messages": messages}))
    channel = replace(WIRE, kind=FeedKind.TELEGRAM, address=str(file), permalink="https://t.me/channel/{id}")
    first, second = found(b"", channel)
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert (first.text, first.url) == ("Attacks near Lyman were repelled.", "https://t.me/channel/2")
    assert first.published == date(2023, 7, 13), "half past ten in Greenwich is the next day in Kyiv"
    assert second.published == date(2023, 7, 12), "without seconds, the time is taken for the publisher's"
    for wrong in ("[]", "{", '{"messages": 1}'):
        file.write_text(wrong)
        [error] = found(b"", channel)
        assert isinstance(error, ReportError)


def test_a_folder_and_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Published: 2023-07-12\nPublisher: Another\nLang: en\n\nCombat near Lyman.")
    (tmp_path / "b.txt").write_text("No date.")
    (tmp_path / "c.jsonl").write_text('{"text": "Combat near Torske.", "published": "2023-07-13"}\n{"text": 1}\n')
    folder = replace(WIRE, kind=FeedKind.FOLDER, address=str(tmp_path))
    first, undated, second, broken = found(b"", folder)
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    report = read_item(first, folder, None, NOW)
    assert (report.publisher, report.published, report.lang, report.basis) == (
        "Another",
        date(2023, 7, 12),
        "en",
        "given",
    )
    assert read_item(second, folder, None, NOW).publisher == "The Wire"
    assert [each.reason for each in (undated, broken) if isinstance(each, ReportError)] == ["undated", "unreadable"]
    [missing] = list(open_missing(replace(folder, address=str(tmp_path / "nowhere"))))
    assert missing.reason == "missing"


def open_missing(feed: Feed) -> list[ReportError]:
    with pytest.raises(ReportError) as caught:
        found(b"", feed)
    return [caught.value]


def test_files_that_are_as_they_were_are_unchanged(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Published: 2023-07-12\n\nCombat near Lyman.")
    folder = replace(WIRE, kind=FeedKind.FOLDER, address=str(tmp_path))
    with Fetcher() as fetcher:
        first = look(folder, Validators(), fetcher, NOW)
        assert look(folder, first.validators, fetcher, NOW).unchanged
        (tmp_path / "b.txt").write_text("Published: 2023-07-12\n\nCombat near Torske.")
        assert not look(folder, first.validators, fetcher, NOW).unchanged


def test_an_address_that_is_a_feed_gives_all_its_reports() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/feed":
            return httpx.Response(
                200,
                content=rss(
                    "<item><link>/a</link><pubDate>Wed, 12 Jul 2023 10:00:00 GMT</pubDate></item>"
                    "<item><link>/b</link></item>"
                ),
            )
        return httpx.Response(200, text="Combat near Lyman.") if request.url.path == "/a" else httpx.Response(404)

    with Fetcher(transport=Site(answer), sleep=lambda seconds: None) as fetcher:
        report, error = open_address("https://wire.example/feed", Facts(publisher="Mine"), fetcher, NOW)
    assert report == Report("Combat near Lyman.", date(2023, 7, 12), "Mine", url="https://wire.example/a")
    assert isinstance(error, ReportError)
    assert error.reason == "gone"


def test_every_error_names_its_address_and_no_password() -> None:
    with Fetcher(transport=Site(lambda request: httpx.Response(200, text="Combat near Lyman."))) as fetcher:
        [undated] = open_address("https://wire.example/a", Facts(), fetcher, NOW)
        [secret] = open_address("https://user:secret@wire.example/a", Facts(), fetcher, NOW)
        [broken] = open_address("https://user:secret@wire.example:door/a", Facts(), fetcher, NOW)
    assert isinstance(undated, ReportError)
    assert isinstance(secret, ReportError)
    assert isinstance(broken, ReportError)
    assert str(undated).startswith("https://wire.example/a: it has no publication date")
    assert (undated.reason, undated.target) == ("undated", "https://wire.example/a")
    assert "secret" not in f"{secret} {secret.target} {broken} {broken.target}"


@pytest.mark.parametrize(
    ("address", "claimed", "stored"),
    [
        ("HTTPS://Wire.example:443/a?utm_medium=x&b=1&FBCLID=2#c", None, "https://wire.example/a?b=1"),
        ("https://wire.example/a?id=3&ref=4", None, "https://wire.example/a?id=3&ref=4"),
        ("https://m.wire.example/a/amp", "https://www.wire.example/a/", "https://www.wire.example/a/"),
        ("https://wire.example/a?b=1", "/a", "https://wire.example/a?b=1"),
        ("https://wire.example/a", "https://wire.example/", "https://wire.example/a"),
        ("https://wire.example/a", "https://other.example/a", "https://wire.example/a"),
        ("https://wire.example/a", "javascript:alert(1)", "https://wire.example/a"),
        ("https://wire.example/a", "http://[", "https://wire.example/a"),
    ],
)
def test_one_page_has_one_address(address: str, claimed: str | None, stored: str) -> None:
    assert canonical(address, claimed) == stored


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        ("Campaign assessment, July 12, 2023", "x", date(2023, 7, 12)),
        (None, "12 липня 2023, 18:00\nНаші війська", date(2023, 7, 12)),
        (None, "Сводка на 12.07.2023\nБои", date(2023, 7, 12)),
        (None, "2023-07-12", date(2023, 7, 12)),
        (
            None,
            "On 12 July 2023 Russian forces attacked near Lyman and were repelled, as the General Staff said.",
            None,
        ),
        (None, "12 July 2023\n13 July 2023", None),
        (None, "12 July 2033", None),
        (None, "31.02.2023", None),
    ],
)
def test_a_dateline_is_the_only_date_of_a_line_of_its_own(title: str | None, text: str, day: date | None) -> None:
    assert dateline(title, text, date(2023, 7, 14)) == day


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "A B"}, "small letters"),
        ({"address": ""}, "address must be given"),
        ({"address": "ftp://wire.example/"}, "https://"),
        ({"address": "https://user:secret@wire.example/"}, "name and password"),
        ({"kind": "rss"}, "right are feed, page"),
        ({"kind": "folder"}, "full path"),
        ({"side": "west"}, "right are UA, RU"),
        ({"lang": "de"}, "right are en, uk, ru"),
        ({"zone": "Kyiv"}, "Europe/Kyiv"),
        ({"zone": "../../etc/passwd"}, "Europe/Kyiv"),
        ({"every": 5}, "from 60 to"),
        ({"every": "often"}, "from 60 to"),
        ({"pause": -1}, "from 0 to"),
        ({"republishable": "no"}, "true or false"),
        ({"permalink": "https://t.me/x"}, "{id}"),
        ({"colour": "red"}, "there is no colour; right are address"),
        ({"publisher": 7}, "must be a text"),
    ],
)
def test_a_wrong_entry_of_the_register_is_told_what_is_right(wrong: dict[str, object], says: str) -> None:
    right: dict[str, object] = {"name": "wire", "address": "https://wire.example/", "kind": "feed", "publisher": "W"}
    assert build_feed(right).zone == "UTC"
    with pytest.raises(FeedError) as caught:
        build_feed({**right, **wrong})
    assert says in str(caught.value)
