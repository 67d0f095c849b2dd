"""A web site that is a function: what a fetcher meets in place of the network."""

from collections.abc import Callable

import httpx


class Site(httpx.BaseTransport):
    """Answers arrive in pieces, as over a network. Without a robots.txt, unless `answer` has one."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response], robots: bool = False) -> None:
        self._answer = answer
        self._robots = robots

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt" and not self._robots:
            return httpx.Response(404, stream=httpx.ByteStream(b""))
        answer = self._answer(request)
        if not answer.is_stream_consumed:
            return answer
        return httpx.Response(answer.status_code, headers=answer.headers, stream=httpx.ByteStream(answer.content))
