"""A router that cannot forget to ask who is knocking, and answers only after the commit."""

import inspect
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Concatenate, Literal, ParamSpec

import anyio.to_thread
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from app.access.gates import Gate
from app.web.answering import ONCE_FIELD, act, look, step
from app.web.core import core_of
from app.web.entries import AndThen, Answer, Entry, Nav
from app.web.form import Posted
from app.web.upload import reads
from app.web.visit import Deed, Steps, Visit

__all__ = ["ONCE_FIELD", "AndThen", "Answer", "Entry", "Nav", "Router"]

P = ParamSpec("P")


def _posted(takes: int) -> inspect.Parameter:
    form = Depends(reads(takes))
    return inspect.Parameter("posted", inspect.Parameter.KEYWORD_ONLY, annotation=Posted, default=form)


class Router:
    def __init__(self, name: str, prefix: str = "") -> None:
        self.name = name
        self.fastapi = APIRouter(prefix=prefix)
        self.prefix = prefix
        self.entries: list[Entry] = []

    def page(
        self, path: str, *, access: Gate, nav: Nav | None = None
    ) -> Callable[[Callable[Concatenate[Visit, P], Answer]], Callable[Concatenate[Visit, P], Answer]]:
        """A page: GET, a session that may only look."""

        def register(endpoint: Callable[Concatenate[Visit, P], Answer]) -> Callable[Concatenate[Visit, P], Answer]:
            entry = self._enter("GET", path, access, endpoint, nav=nav)

            def answer(request: Request, **params: Any) -> Response:
                return look(entry, request, params)

            self._add(entry, path, answer, endpoint, [])
            return endpoint

        return register

    def action(
        self, path: str, *, access: Gate, holds: bool = False, takes: int = 0
    ) -> Callable[[Callable[Concatenate[Deed, P], Answer]], Callable[Concatenate[Deed, P], Answer]]:
        """A deed: POST, one transaction, answered after its commit.

        With `holds`, a form posted after the sign-in ended is kept and applied when the same person signs in.
        `takes` is the largest file, in bytes, that it may come with; without it no file is taken.
        """

        def register(endpoint: Callable[Concatenate[Deed, P], Answer]) -> Callable[Concatenate[Deed, P], Answer]:
            entry = self._enter("POST", path, access, endpoint, holds=holds)

            def answer(request: Request, **params: Any) -> Response:
                return act(entry, request, params.pop("posted"), params)

            self._add(entry, path, answer, endpoint, [_posted(takes)])
            return endpoint

        return register

    def steps(
        self, path: str, *, access: Gate, makes_file: bool = False, takes: int = 0
    ) -> Callable[[Callable[Concatenate[Steps, P], Answer | AndThen]], Callable[Concatenate[Steps, P], Any]]:
        """A deed that opens its own short transactions: hashing a password or making a file must hold no lock.

        It runs beside the page threads, in a lane for hashes or in one for files: whoever waits for their turn
        keeps nobody from reading a page, and files that are being made keep nobody from signing in.
        """

        def register(endpoint: Callable[Concatenate[Steps, P], Any]) -> Callable[Concatenate[Steps, P], Any]:
            entry = self._enter("POST", path, access, endpoint)

            async def answer(request: Request, **params: Any) -> Response:
                core = core_of(request)
                work = partial(step, entry, request, params.pop("posted"), params)
                lane = core.file_lane if makes_file else core.hashing_lane
                return await anyio.to_thread.run_sync(work, limiter=lane)

            self._add(entry, path, answer, endpoint, [_posted(takes)])
            return endpoint

        return register

    def _enter(
        self,
        method: Literal["GET", "POST"],
        path: str,
        access: Gate,
        endpoint: Callable[..., Any],
        *,
        nav: Nav | None = None,
        holds: bool = False,
    ) -> Entry:
        name = f"{self.name}:{endpoint.__name__}"
        entry = Entry(name, method, self.prefix + path, access, nav, holds, endpoint)
        self.entries.append(entry)
        return entry

    def _add(
        self,
        entry: Entry,
        path: str,
        answer: Callable[..., Response | Awaitable[Response]],
        endpoint: Callable[..., Any],
        more: list[inspect.Parameter],
    ) -> None:
        _visit, *own = inspect.signature(endpoint, eval_str=True).parameters.values()
        request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
        keyword_only = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
        answer.__signature__ = inspect.Signature([request, *keyword_only, *more])  # type: ignore[attr-defined]
        answer.__name__ = endpoint.__name__
        self.fastapi.add_api_route(
            path,
            answer,
            name=entry.name,
            methods=[entry.method],
            response_class=HTMLResponse,
            response_model=None,
            include_in_schema=False,
        )
