"""Static files, read once, named by their content and cached for a year."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOLDER = Path(__file__).parent / "static"
YEAR = "public, max-age=31536000, immutable"
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
SMALL = 600


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    packed: bytes | None
    media_type: str


@cache
def _packed(body: bytes) -> bytes:
    """Packed as small as it goes, which takes long: once in a process, however many apps are made in it."""
    return gzip.compress(body, 9, mtime=0)


class Assets:
    """Every static file under its hashed address, `more` from other rooms, and the trust's own logo if it set one."""

    def __init__(self, trust_logo: str = "", more: Mapping[str, Path] = MappingProxyType({})) -> None:
        self._by_path: dict[str, Asset] = {}
        self._urls: dict[str, str] = {}
        for file in sorted(f for f in FOLDER.rglob("*") if f.is_file()):
            self._add(file.relative_to(FOLDER).as_posix(), file)
        for name, file in more.items():
            self._add(name, file)
        self.logo = self._add("trust-logo" + Path(trust_logo).suffix, Path(trust_logo)) if trust_logo else ""

    def _add(self, name: str, file: Path) -> str:
        body = file.read_bytes()
        stem, dot, suffix = name.rpartition(".")
        path = f"/static/{stem}.{hashlib.sha256(body).hexdigest()[:10]}{dot}{suffix}"
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        packed = _packed(body) if len(body) > SMALL and media_type != "image/png" else None
        self._by_path[path] = Asset(body, packed, media_type)
        self._urls[name] = path
        return path

    def url(self, name: str) -> str:
        """The address of a file by its plain name. Raises KeyError for one that does not exist."""
        return self._urls[name]

    async def answer(self, request: Request) -> Response:
        asset = self._by_path.get(request.url.path)
        if asset is None:
            return PlainTextResponse("There is no such file.", 404)
        headers = {"Cache-Control": YEAR, "Vary": "Accept-Encoding"}
        if asset.packed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(asset.packed, media_type=asset.media_type, headers=headers | {"Content-Encoding": "gzip"})
        return Response(asset.body, media_type=asset.media_type, headers=headers)
