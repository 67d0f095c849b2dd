"""A target becomes reports with the facts of their publication, and every failure names its place and its remedy."""

import io
import json
from datetime import date
from pathlib import Path

import httpx
import pytest

from app.domain.errors import FetchError, ReportError, UndatedReport, UnreadableReport
from app.domain.report import Report
from app.domain.vocabulary import Language
from app.sources.draft import UNNAMED, Facts
from app.sources.fetch import Fetcher
from app.sources.open import open_target
from tests.site import Site

DAY = date(2024, 5, 6)
PAGE = """<!doctype html><html lang="en"><head><title>Evening summary</title>
<meta property="article:published_time" content="2024-05-06T20:10:00+03:00">
<meta property="og:site_name" content="Example Wire"></head>
<body><nav><a href="/">Home</a> <a href="/more">More from Odesa</a></nav><article><h1>Evening summary</h1>
<p>Fighting continued south of Lyman on Monday, the regional administration said in its evening summary.</p>
<p>Two attacks were repelled in the area of Torske, and the shelling of nearby villages went on after dark.</p>
<p>window.ads = window.ads || []; window.ads.push({slot: 1});</p></article>
<script>track("Kharkiv")</script><footer>Copyright 2019</footer></body></html>"""


def serve(body: str, url: str = "https://wire.example/summary") -> Fetcher:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["host"] == "wire.example" and request.url.path == "/summary":
            return httpx.Response(200, html=body)
        return httpx.Response(302, headers={"location": url})

    return Fetcher(transport=Site(answer))


def read(target: str | Path, overrides: Facts = Facts(), stdin: bytes = b"") -> list[Report | ReportError]:  # noqa: B008
    return list(open_target(str(target), overrides, serve(PAGE), io.BytesIO(stdin)))


def read_one(target: str | Path, overrides: Facts = Facts(), stdin: bytes = b"") -> Report:  # noqa: B008
    (report,) = read(target, overrides, stdin)
    assert isinstance(report, Report), report
    return report


def fail(target: str | Path, overrides: Facts = Facts(), stdin: bytes = b"") -> ReportError:  # noqa: B008
    (error,) = read(target, overrides, stdin)
    assert isinstance(error, ReportError)
    return error


def test_plain_text_with_a_header() -> None:
    text = "title: Summary \r\nPublished: 2024-05-06\r\nPublisher: The desk\r\nLang: EN\r\n\r\nCombat.\r\n\r\nMore."
    report = read_one("-", stdin=text.encode())
    assert report == Report("Combat.\n\nMore.", DAY, "The desk", title="Summary", lang=Language.EN)


def test_overrides_win_over_the_header() -> None:
    text = b"Published: 2024-05-06\nPublisher: The desk\n\nCombat near Lyman."
    report = read_one("-", Facts(published=date(2024, 5, 7), publisher="Another"), text)
    assert (report.published, report.publisher) == (date(2024, 5, 7), "Another")


def test_a_first_paragraph_with_a_colon_is_no_header() -> None:
    text = "Title: one\nLyman direction: two attacks\n\nMore."
    assert read_one("-", Facts(published=DAY), text.encode()).text == text


def test_a_text_without_publisher_says_so() -> None:
    assert read_one("-", Facts(published=DAY), b"Combat near Lyman.").publisher == UNNAMED


def test_a_missing_date_names_the_option() -> None:
    error = fail("-", stdin=b"Combat near Lyman.")
    assert isinstance(error, UndatedReport)
    assert "standard input" in str(error)
    assert "--published" in str(error)


@pytest.mark.parametrize(
    ("header", "wrong"), [("Published: 6 May 2024", "6 May 2024"), ("Lang: pl", "pl"), ("Published: 2024-02-30", "-30")]
)
def test_a_wrong_header_line_is_named(header: str, wrong: str) -> None:
    error = fail("-", stdin=f"{header}\n\nCombat near Lyman.".encode())
    assert wrong in str(error)


def test_an_empty_text_is_an_error() -> None:
    assert isinstance(fail("-", Facts(published=DAY), b" \n "), UnreadableReport)


def test_a_page_is_reduced_to_its_article_and_tells_its_own_facts() -> None:
    report = read_one("https://wire.example/summary")
    assert report.published == DAY
    assert report.publisher == "Example Wire"
    assert report.title == "Evening summary"
    assert report.url == "https://wire.example/summary"
    assert "Fighting continued south of Lyman on Monday" in report.text
    assert "\nTwo attacks were repelled" in report.text
    for leaked in ("window", "Odesa", "Kharkiv", "Copyright"):
        assert leaked not in report.text


def test_a_page_is_stored_under_the_address_it_was_found_at() -> None:
    assert read_one("https://other.example/old").url == "https://wire.example/summary"


def test_html_is_told_by_content_whatever_the_file_is_called(tmp_path: Path) -> None:
    file = tmp_path / "saved.txt"
    file.write_text(PAGE)
    report = read_one(file)
    assert report.text.startswith("Evening summary\nFighting continued") or report.text.startswith("Fighting continued")
    assert report.published == DAY


def test_a_feed_fragment_keeps_its_paragraphs_and_list() -> None:
    html = "<p>Lyman direction:</p><ul><li>two attacks near <a href='x'>Torske</a></li><li>shelling of Yampil</li></ul>"
    text = read_one("-", Facts(published=DAY), html.encode()).text
    assert text.split("\n") == ["Lyman direction:", "- two attacks near Torske", "- shelling of Yampil"]


def test_a_page_without_an_article_is_an_error() -> None:
    assert isinstance(
        fail("-", Facts(published=DAY), b"<html><body><script>a()</script></body></html>"), UnreadableReport
    )


def test_a_copyright_year_is_no_publication_date() -> None:
    html = "<html><body><article><p>Combat went on near Lyman.</p></article><p>Copyright 2019</p></body></html>"
    assert isinstance(fail("-", stdin=html.encode()), UndatedReport)


def test_json_lines_each_succeed_or_fail_on_their_own(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"id": 1, "text": "Combat near Lyman.", "published": "2024-05-06", "publisher": "Wire", "lang": "en"}
        ),
        "",
        '{"text": "no date"}',
        '{"headline": "no text"}',
        "{not json",
        '{"text": "Nul \\u0000 and \\ud800.", "published": "2024-05-06", "title": null}',
    ]
    file = tmp_path / "reports.jsonl"
    file.write_text("\n".join(lines))
    first, undated, textless, broken, last = read(file)
    assert first == Report("Combat near Lyman.", DAY, "Wire", lang=Language.EN)
    assert isinstance(undated, UndatedReport)
    assert "line 3" in str(undated)
    assert isinstance(textless, UnreadableReport)
    assert isinstance(broken, UnreadableReport)
    assert last == Report("Nul  and \N{REPLACEMENT CHARACTER}.", DAY, UNNAMED)


def test_a_folder_is_read_in_order_and_one_bad_file_spoils_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "b" / "2.txt").write_text("Second.")
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02\x03 binary")
    (tmp_path / "c.md").write_text("Third.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden" / "d.txt").write_text("Hidden.")
    bad, second, third = read(tmp_path, Facts(published=DAY))
    assert isinstance(bad, UnreadableReport)
    assert "a.txt" in str(bad)
    assert isinstance(second, Report)
    assert isinstance(third, Report)
    assert [second.text, third.text] == ["Second.", "Third."]


@pytest.mark.parametrize(
    ("target", "says"),
    [("nowhere.txt", "no such file"), ("ftp://wire.example/a", "only http"), ("file:///etc/hostname", "only")],
)
def test_what_cannot_be_a_target_is_named(target: str, says: str) -> None:
    assert says in str(fail(target))


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert ".txt" in str(fail(tmp_path))


def test_a_failed_fetch_is_an_outcome() -> None:
    fetcher = Fetcher(transport=Site(lambda request: httpx.Response(404)))
    (error,) = open_target("https://wire.example/gone", Facts(), fetcher)
    assert isinstance(error, FetchError)
    assert str(error).count("https://wire.example/gone") == 1
