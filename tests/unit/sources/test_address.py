"""Nothing inside is ever connected to, however its address is written and wherever it comes from."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from itertools import chain, repeat
from threading import Thread

import pytest

from app.domain.errors import FetchError
from app.domain.vocabulary import FailureReason
from app.sources.address import Reach, is_public
from app.sources.fetch import Answer, Fetcher, Limits

PUBLIC = "93.184.215.14"
FRIEND = "127.0.0.2"
"""An address of this machine that the settings allow; no other is."""


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "10.0.0.7", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1",
        "198.51.100.1", "203.0.113.1", "192.0.0.8", "192.88.99.1",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "100::1", "2001:db8::1",
        "2001:10::1", "3fff::1", "5f00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "::127.0.0.1", "::7f00:1", "2002:7f00:1::",
        "2002:a9fe:a9fe::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2001:0:7f00:1::",
        "2001:0:808:808::80ff:fffe", "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a00:1",
    ],
)  # fmt: skip
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "172.32.0.1", "2606:4700::6810:84e5", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_outside_are_public(address: str) -> None:
    assert is_public(address)


class Listener:
    """Counts who connects to this machine, on the loopback addresses of both families."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self._sockets = [self._listen(socket.AF_INET, "127.0.0.1")]
        if socket.has_ipv6:
            with suppress(OSError):  # a machine without IPv6 cannot be reached over it either
                self._sockets.append(self._listen(socket.AF_INET6, "::1"))

    def _listen(self, family: int, host: str) -> socket.socket:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.bind((host, self.port))
        listening.listen()
        self.port = listening.getsockname()[1]
        Thread(target=self._accept, args=(listening,), daemon=True).start()
        return listening

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def close(self) -> None:
        for listening in self._sockets:
            listening.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    with socket.create_connection(("127.0.0.1", listener.port), timeout=5) as probe:
        probe.recv(1)  # empty: it was accepted and closed
    assert listener.connections == 1, "the listener sees who connects"
    yield listener
    listener.close()


@contextmanager
def friend(answer: Callable[[str], tuple[int, dict[str, str]]]) -> Iterator[str]:
    """A site on the allowed address, which answers a path with a status and headers; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers = answer(self.path)
            self.send_response(status)
            for name, value in ({"Content-Length": "0"} | headers).items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((FRIEND, 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{FRIEND}:{server.server_port}"
        server.shutdown()


def fetch(url: str, **given: object) -> Answer:
    """As a worker does, with the system's own resolver unless another is given."""
    limits = Limits(seconds=2, attempts=1)
    with Fetcher(reach=Reach((ip_network(f"{FRIEND}/32"),)), limits=limits, **given) as fetcher:  # type: ignore[arg-type]
        return fetcher.get(url)


FORMS = [
    # IPv4 in all the ways that inet_aton reads.
    "http://127.0.0.1:{port}/", "http://127.1:{port}/", "http://127.0.1:{port}/", "http://2130706433:{port}/",
    "http://0x7f000001:{port}/", "http://0x7f.0.0.1:{port}/", "http://0x7f.1:{port}/", "http://0X7F.0x0.0x0.0x1:{port}/",
    "http://017700000001:{port}/", "http://0177.0.0.1:{port}/", "http://0177.0x0.0.01:{port}/", "http://0:{port}/",
    "http://0.0.0.0:{port}/", "http://127.127.127.127:{port}/", "http://0000127.0.0.1:{port}/", "http://127.0.0.1.:{port}/",
    # Names of this machine.
    "http://localhost:{port}/", "http://LOCALHOST:{port}/", "http://localhost.:{port}/", "http://ip6-localhost:{port}/",
    "http://localhost.localdomain:{port}/",
    # IPv6, and IPv4 inside it.
    "http://[::1]:{port}/", "http://[0:0:0:0:0:0:0:1]:{port}/", "http://[::]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/", "http://[::127.0.0.1]:{port}/", "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/", "http://[2002:7f00:1::]:{port}/", "http://[2001:0:7f00:1::]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/", "http://[::1%25lo]:{port}/", "http://[::1%lo]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    # Letters that look like others.
    "http://①②⑦.⓪.⓪.①:{port}/", "http://127。0。0。1:{port}/", "http://127．0．0．1:{port}/", "http://１２７.０.０.１:{port}/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/", "http://١٢٧.0.0.1:{port}/", "http://loc\u00adalhost:{port}/", "http://%31%32%37.0.0.1:{port}/",
    # Hosts that are somewhere else than they seem.
    "http://user:secret@127.0.0.1:{port}/", "http://wire.example@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@wire.example/", "http://127.0.0.1:{port}\\@wire.example/",
    "http://wire.example\\@127.0.0.1:{port}/", "http://127.0.0.1:{port}?@wire.example/", "http:127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/", "http:/127.0.0.1:{port}/", "http://127.0.0.1\t:{port}/", "http://127.0.0.1\n:{port}/",
    "//127.0.0.1:{port}/", "127.0.0.1:{port}", "http://127.0.0.1:0{port}/", "HTTP://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    # What is no web.
    "file:///etc/passwd", "ftp://127.0.0.1:{port}/", "gopher://127.0.0.1:{port}/_x", "dict://127.0.0.1:{port}/x",
    "ldap://127.0.0.1:{port}/", "ws://127.0.0.1:{port}/", "unix:///var/run/docker.sock", "http+unix://%2Ftmp%2Fs/x",
    "http://unix:/var/run/docker.sock:/x", "data:text/html,x", "javascript:alert(1)", "jar:http://127.0.0.1:{port}/!/",
    "tel:127001", "", " ", "http://", "http://:{port}/", "http://.:{port}/",
    # Clouds and offices.
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/", "http://metadata.google.internal/",
    "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.0.1/", "http://100.100.100.200/", "http://224.0.0.1/",
    "http://255.255.255.255/",
    # Ports that are none of the web's.
    f"http://{PUBLIC}:22/", f"http://{PUBLIC}:25/", f"http://{PUBLIC}:6379/", f"http://{PUBLIC}:0/", f"http://{PUBLIC}:99999/",
    f"http://{PUBLIC}:-80/",
]  # fmt: skip
REFUSALS = {FailureReason.BAD_ADDRESS, FailureReason.NOT_PUBLIC, FailureReason.UNRESOLVED}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_an_address_inside_is_connected_to(form: str, listener: Listener) -> None:
    before = listener.connections
    with pytest.raises(FetchError) as caught:
        fetch(form.replace("{port}", str(listener.port)))
    assert caught.value.reason in REFUSALS
    assert listener.connections == before


@pytest.mark.parametrize("form", FORMS)
def test_no_redirect_leads_inside(form: str, listener: Listener) -> None:
    before = listener.connections
    location = form.replace("{port}", str(listener.port)).encode("unicode_escape").decode("ascii")
    with friend(lambda path: (404, {}) if path == "/robots.txt" else (302, {"Location": location})) as url:
        try:
            answer = fetch(url)
        except FetchError as error:
            assert error.reason in {*REFUSALS, FailureReason.REDIRECTS, FailureReason.REFUSED, FailureReason.GONE}
        else:
            assert answer.url.startswith(url), "a form that names no host stays on the site that it stands on"
    assert listener.connections == before


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], [PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], ["10.1.2.3"], []],
)
def test_names_that_resolve_inside_are_refused_whole(addresses: list[str], listener: Listener) -> None:
    before = listener.connections
    with pytest.raises(FetchError) as caught:
        fetch(f"http://wire.example:{listener.port}/", resolve=lambda host, port, seconds: addresses)
    assert caught.value.reason == FailureReason.NOT_PUBLIC
    assert listener.connections == before


def test_a_name_that_changes_between_check_and_use_gains_nothing(listener: Listener) -> None:
    """DNS rebinding: every answer after the first is inside. The connection goes to the address that was checked."""
    before = listener.connections
    answers = chain([[FRIEND]], repeat(["127.0.0.1"]))
    asked: list[str] = []

    def site(path: str) -> tuple[int, dict[str, str]]:
        asked.append(path)
        return 404, {}

    with friend(site) as url:
        port = url.rpartition(":")[2]
        with pytest.raises(FetchError) as caught:
            fetch(f"http://wire.example:{port}/secret", resolve=lambda host, port, seconds: next(answers))
    assert caught.value.reason == FailureReason.NOT_PUBLIC
    assert asked == ["/robots.txt"], "one look-up, one connection, to what was looked up"
    assert listener.connections == before


def test_a_robots_txt_leads_nowhere_inside(listener: Listener) -> None:
    before = listener.connections
    inside = {"Location": f"http://127.0.0.1:{listener.port}/"}
    with friend(lambda path: (301, inside)) as url, pytest.raises(FetchError) as caught:
        fetch(url)
    assert caught.value.reason == FailureReason.NOT_PUBLIC
    assert listener.connections == before


def test_proxies_of_the_environment_are_not_used(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    before = listener.connections
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listener.port}")
    with friend(lambda path: (200, {})) as url:
        assert fetch(url).content == b""
    assert listener.connections == before


def test_what_a_person_types_may_be_asked_and_nothing_else_of_that_machine(listener: Listener) -> None:
    inside = {"Location": f"http://{FRIEND}:{listener.port}/"}
    with friend(lambda path: (404, {}) if path == "/robots.txt" else (302, inside)) as url:
        typed = Fetcher(reach=Reach().typing(url), limits=Limits(attempts=1))
        with pytest.raises(FetchError) as caught:
            typed.get(url)
    assert caught.value.reason == FailureReason.NOT_PUBLIC
