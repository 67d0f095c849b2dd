"""Imports of full public gazetteers: what goes wrong leaves everything as it was; what goes well gives exact points."""

import hashlib
from pathlib import Path

import httpx
import pytest
from openpyxl import Workbook

from app.domain.errors import GazetteerError
from app.domain.vocabulary import CoordinatePrecision
from app.gazetteer.build import build, is_current
from app.gazetteer.imports import import_file
from app.gazetteer.info import info
from app.gazetteer.layers import register
from app.gazetteer.open import open_atlas

COLUMNS = ("Settlement UKR", "Admin4 Pcode", "LAT", "LON")


def workbook(path: Path, rows: list[tuple[object, ...]], sheet: str = "Admin 4") -> Path:
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for row in (COLUMNS, *rows):
        page.append(row)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of every settlement of the register, on a made-up grid."""
    units = [u for u in register.read() if u.category in {"M", "X", "C"}]
    rows = [(u.name, u.code[:12], 46 + i % 60 / 10, 24 + i // 60 % 140 / 10) for i, u in enumerate(units)]
    return workbook(tmp_path_factory.mktemp("cod") / "whole.xlsx", list(rows))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Something where the gazetteer lies, which must still be there afterwards."""
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"the old gazetteer")
    return path


def refused(source: str | Path, old: Path, why: str, **more: object) -> None:
    with pytest.raises(GazetteerError, match=why):
        import_file(source, old, **more)  # type: ignore[arg-type]
    assert old.read_bytes() == b"the old gazetteer"
    assert [p.name for p in old.parent.iterdir() if p.name.startswith((".", "gazetteer."))] == [old.name]


def test_a_file_cut_short_is_refused(whole: Path, old: Path) -> None:
    broken = old.with_name("cut.xlsx")
    broken.write_bytes(whole.read_bytes()[:-1000])
    refused(broken, old, "cut short")


def test_a_workbook_of_other_sheets_is_refused(old: Path) -> None:
    refused(workbook(old.with_name("x.xlsx"), [], sheet="Admin 1"), old, "no sheet 'Admin 4'")


def test_a_workbook_with_few_rows_is_refused(old: Path) -> None:
    rows = [("Бахмут", "UA1402001001", 48.6, 38.0)]
    refused(workbook(old.with_name("x.xlsx"), list(rows)), old, "holds 1 settlements only")


def test_a_point_outside_ukraine_is_refused(old: Path) -> None:
    rows = [("Бахмут", "UA1402001001", 38.0, 48.6)]
    refused(workbook(old.with_name("x.xlsx"), list(rows)), old, "lies outside Ukraine")


def test_a_text_that_is_no_dump_is_refused(old: Path) -> None:
    text = old.with_name("UA.txt")
    text.write_text("id\tname\n1\tBakhmut\n")
    refused(text, old, "line 1 has 2 columns, not 19")


def test_another_hash_than_promised_is_refused(whole: Path, old: Path) -> None:
    refused(whole, old, "not 00ff: it was not imported", sha256="00FF")


def test_a_download_that_fails_or_breaks_off_is_refused(old: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/gone":
            return httpx.Response(404)
        return httpx.Response(200, headers={"content-length": "1000"}, stream=httpx.ByteStream(b"x" * 10))

    client = httpx.Client(transport=httpx.MockTransport(answer))
    refused("https://example.org/gone", old, "could not be downloaded", client=client)
    refused("https://example.org/short", old, "broke off after 10 of 1,000 bytes", client=client)


def test_a_missing_file_is_said_to_be_missing(old: Path) -> None:
    refused(old.with_name("nowhere.xlsx"), old, "There is no file")


def test_an_import_places_every_settlement_exactly_and_stays(whole: Path, tmp_path: Path, gazetteer_path: Path) -> None:
    out, seen = tmp_path / "gazetteer.sqlite", []
    digest = hashlib.sha256(whole.read_bytes()).hexdigest()
    done = import_file(whole, out, sha256=digest, progress=lambda taken, total: seen.append((taken, total)))
    assert (done.kind, done.sha256) == ("cod-ab", digest)
    assert seen[-1] == (whole.stat().st_size, whole.stat().st_size)
    known = info(out)
    assert known.precision == {CoordinatePrecision.EXACT.value: known.settlements}
    assert known.imports == ("cod-ab",)
    atlas = open_atlas(out)
    assert atlas.digest == done.digest != open_atlas(gazetteer_path).digest
    assert is_current(out, atlas.inputs)
    bakhmut = open_atlas(gazetteer_path).place("UA14020010010059145")
    assert (atlas.place(bakhmut.id).lon, atlas.place(bakhmut.id).lat) == (bakhmut.lon, bakhmut.lat)


def test_the_same_inputs_give_the_same_content(tmp_path: Path, gazetteer_path: Path) -> None:
    assert build(tmp_path / "again.sqlite").digest == open_atlas(gazetteer_path).digest
