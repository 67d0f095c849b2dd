"""Encodings: what a client likes best, the same bytes after unpacking, and a validator for each."""

from collections.abc import Callable

import cramjam
import pytest
from fastapi.testclient import TestClient

from app.api.answer.compression import Encoding, chosen

UNPACK: dict[str, Callable[[bytes], object]] = {
    "zstd": cramjam.zstd.decompress,
    "br": cramjam.brotli.decompress,
    "gzip": cramjam.gzip.decompress,
}


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", Encoding.GZIP),
        ("GZIP", Encoding.GZIP),
        ("gzip, deflate, br, zstd", Encoding.ZSTD),
        ("gzip, deflate, br", Encoding.BROTLI),
        ("br;q=0.5, gzip;q=0.8", Encoding.GZIP),
        ("zstd;q=0, *", Encoding.BROTLI),
        ("*", Encoding.ZSTD),
        ("*;q=0", None),
        ("gzip;q=0", None),
        ("gzip;q=0.000, br ; q=0.001", Encoding.BROTLI),
        ("gzip;q=0.5, identity;q=1", None),
        ("gzip;q=0.5, identity;q=0.5", Encoding.GZIP),
        ("gzip;q=nan, br;q=0.9", Encoding.GZIP),
        ("gzip;q=2, br;q=-1", Encoding.BROTLI),
        ("x" * 5000, None),
        (",;,=;q", None),
    ],
)
def test_the_encoding_that_the_client_weighs_highest(header: str, encoding: Encoding | None) -> None:
    assert chosen(header) is encoding


def test_what_is_small_is_packed_only_for_who_refuses_it_plain() -> None:
    assert chosen("gzip", size=10) is None
    assert chosen("gzip, identity;q=0", size=10) is Encoding.GZIP
    assert chosen("gzip, *;q=0", size=10) is Encoding.GZIP


@pytest.mark.parametrize("path", ["/features", "/features?f=csv", "/features?f=geojsonseq&limit=2"])
def test_unpacked_every_encoding_is_the_plain_answer(client: TestClient, path: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["vary"]
    tags = {plain.headers["etag"]}
    for encoding, unpack in UNPACK.items():
        with client.stream("GET", path, headers={"Accept-Encoding": encoding}) as packed:
            assert packed.headers["content-encoding"] == encoding
            assert bytes(unpack(b"".join(packed.iter_raw()))) == plain.content  # type: ignore[call-overload]
        tags.add(packed.headers["etag"])
    assert len(tags) == 4
    other = client.get("/features?kind=sector", headers={"Accept-Encoding": "gzip"})
    assert other.headers["etag"] not in tags


def test_who_holds_an_encoding_it_takes_is_not_sent_another(client: TestClient) -> None:
    held = client.get("/features", headers={"Accept-Encoding": "gzip"}).headers["etag"]

    def status(encodings: str) -> int:
        headers = {"Accept-Encoding": encodings, "If-None-Match": held}
        return int(client.get("/features", headers=headers).status_code)

    assert [status("gzip"), status("zstd, gzip"), status("br"), status("identity")] == [304, 304, 200, 200]
