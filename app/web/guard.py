"""What stands before every route: forged and oversized requests are refused, and every answer gets its headers."""

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kernel.config import Settings

MOST_BYTES = 2_000_000
MOST_BYTES_HERE = "qi_most_bytes"
"""Where a route that takes a file says, before its body is read, how much that may be."""
SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-NONCE'; style-src 'self' 'nonce-NONCE'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
ONLY_OVER_HTTPS = ((b"strict-transport-security", b"max-age=31536000; includeSubDomains"),)


class TooLargeError(Exception):
    """The body is larger than any form of ours."""


class Guard:
    """Checks Sec-Fetch-Site, then Origin, on every unsafe request; limits bodies; sets the security headers."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        refused: Callable[[Request], Response],
        crashed: Callable[[Request, Exception], Response],
    ) -> None:
        self.app = app
        self.settings = settings
        self.refused = refused
        self.crashed = crashed
        self._always = ALWAYS + (ONLY_OVER_HTTPS if settings.secure else ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = scope["qi_nonce"] = secrets.token_urlsafe(12)
        headers = Headers(scope=scope)

        answering = False

        async def send_guarded(message: Message) -> None:
            nonlocal answering
            if message["type"] == "http.response.start":
                answering = True
                self._head(message["headers"], nonce)
            await send(message)

        if scope["method"] not in SAFE and self._forged(headers):
            refusal = await run_in_threadpool(self.refused, Request(scope))
            await refusal(scope, receive, send_guarded)
            return
        try:
            await self.app(scope, _limited(scope, headers, receive), send_guarded)
        except Exception as error:
            if not answering:
                answer = await run_in_threadpool(self.crashed, Request(scope), error)
                await answer(scope, receive, send_guarded)
            raise

    def _forged(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site not in {"same-origin", "none"}
        origin = headers.get("origin")
        if origin is None:
            return False
        return origin != self.settings.origin and urlsplit(origin).netloc != headers.get("host")

    def _head(self, headers: list[tuple[bytes, bytes]], nonce: str) -> None:
        headers += self._always
        headers.append((b"content-security-policy", POLICY.replace("NONCE", nonce).encode()))
        if not any(name.lower() == b"cache-control" for name, _ in headers):
            headers.append((b"cache-control", b"no-store"))


def _limited(scope: Scope, headers: Headers, receive: Receive) -> Receive:
    declared = headers.get("content-length", "0")
    length = int(declared) if declared.isdigit() else 0
    seen = 0

    async def receive_limited() -> Message:
        nonlocal seen
        most = scope.get(MOST_BYTES_HERE, MOST_BYTES)
        if length > most:
            raise TooLargeError
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLargeError
        return message

    return receive_limited
