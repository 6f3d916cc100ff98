"""Finding a route by the first word of its address, instead of asking every route of the house in turn."""

from collections import defaultdict
from collections.abc import Iterable

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send


class Signpost(BaseRoute):
    """Stands for many routes. Those that share a first word are asked in the order in which they were written."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self.routes: list[BaseRoute] = list(routes)
        self._by_word: dict[str, list[BaseRoute]] = defaultdict(list)
        for route in self.routes:
            assert isinstance(route, Route)
            word = _first_word(route.path)
            assert "{" not in word, f"{route.path}: an address begins with a word, or no signpost could know it"
            self._by_word[word].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        best: tuple[Match, Scope] = (Match.NONE, {})
        for route in self._by_word.get(_first_word(scope["path"]), ()):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, found
            if match is Match.PARTIAL and best[0] is Match.NONE:
                best = match, found
        return best

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        route: BaseRoute = scope["route"]
        await route.handle(scope, receive, send)


def _first_word(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("/") else ""
