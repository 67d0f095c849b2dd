"""The routes that are asked for most, without what the framework takes for handing parameters over.

It looks at each of thirty parameters on every request, given or not: half of what a page costs this process. What a
route takes is read off the same declarations. Only what is plainly right is answered here; whatever else is left to the
framework's own route, which says what is wrong.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from inspect import Parameter, signature, unwrap
from re import Pattern
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from fastapi import Request, Response
from fastapi.params import Depends, Param, Path
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from starlette._utils import get_route_path
from starlette.datastructures import URLPath
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from app.domain.errors import FrontlineError

Texts = Mapping[str, str]
Taking = Callable[[Request, Texts], Any]
"""What an argument is, of a request and its parameters."""
_READY = "frontline.ready"
_PLAIN = (str, str | None)


class Quick(BaseRoute):
    """Stands before the routes that it answers for."""

    def __init__(self, routes: Sequence[APIRoute]) -> None:
        self._ways = [_Way(route) for route in routes]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http" and scope["method"] == "GET":
            path = get_route_path(scope)
            for way in self._ways:
                if found := way.path.match(path):
                    ready = way.ready(Request(scope), found.groupdict())
                    return (Match.FULL, {_READY: ready, "route": way.route}) if ready else (Match.NONE, {})
        return Match.NONE, {}

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        raise NoMatchFound(name, path_params)  # addresses are told by the routes behind

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await scope[_READY]()
        await response(scope, receive, send)


class _Way:
    def __init__(self, route: APIRoute) -> None:
        self.route = route
        self.path: Pattern[str] = route.path_regex
        self._known = set[str]()
        self._take = _taking(route.endpoint, self._known)

    def ready(self, request: Request, parts: Texts) -> Callable[[], Awaitable[Response]] | None:
        """None where the framework has to look at the request."""
        query = request.query_params
        given = dict(query)
        if len(given) < len(query.multi_items()) or not self._known.issuperset(given):
            return None
        if any("\0" in text for text in given.values()):
            return None
        try:
            return partial(self.route.endpoint, **self._take(request, {**given, **parts}))
        except (FrontlineError, HTTPException, ValidationError):
            return None


def _taking(function: Callable[..., Any], known: set[str]) -> Callable[[Request, Texts], dict[str, Any]]:
    """The arguments of a route or of what it depends on; the names of query parameters go into `known`."""
    hints = get_type_hints(function, include_extras=True)
    ways = {name: _argument(name, hints[name], each, known) for name, each in signature(function).parameters.items()}

    def take(request: Request, texts: Texts) -> dict[str, Any]:
        return {name: way(request, texts) for name, way in ways.items()}

    return take


def _argument(name: str, hint: Any, parameter: Parameter, known: set[str]) -> Taking:
    if hint is Request:
        return lambda request, _: request
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{name}: {hint} says not where it comes from")
    kind, *about = get_args(hint)
    for each in about:
        if isinstance(each, Depends) and each.dependency:
            return _depending(unwrap(each.dependency), known)  # out of `at_once`
        if isinstance(each, Param):
            alias = each.alias or name
            if not isinstance(each, Path):
                known.add(alias)
            read = None if kind in _PLAIN and not each.metadata else TypeAdapter[Any](hint).validate_python
            return _text(alias, parameter.default, read)
    raise TypeError(f"{name} is neither a parameter nor a dependency")


def _depending(function: Callable[..., Any], known: set[str]) -> Taking:
    arguments = _taking(function, known)
    return lambda request, texts: function(**arguments(request, texts))


def _text(alias: str, default: Any, read: Callable[[str], Any] | None) -> Taking:
    def take(_: Request, texts: Texts) -> Any:
        text = texts.get(alias)
        if text is None:
            return default
        return text if read is None else read(text)

    return take
