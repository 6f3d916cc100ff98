"""Files that people send: held in memory up to what their route takes, and never laid down on a disk."""

from collections.abc import Awaitable, Callable

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.kernel.names import tidy
from app.web.form import MOST_FIELDS, FieldLostError, Posted, Uploaded, read_form, tidied
from app.web.guard import MOST_BYTES, MOST_BYTES_HERE

MEGABYTE = 1024 * 1024
DRAINED = 4
"""A file up to so many times too large is read to its end: the browser then shows our answer and no broken line."""


def reads(most: int) -> Callable[[Request], Awaitable[Posted]]:
    """What reads a form; with `most` bytes above 0, one that takes a file of as many bytes at most."""
    if not most:
        return read_form

    async def read(request: Request) -> Posted:
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            return await read_form(request)
        request.scope[MOST_BYTES_HERE] = DRAINED * most + MOST_BYTES
        parser = _InMemory(request.headers, request.stream(), max_files=2, max_fields=MOST_FIELDS)
        parser.most = most
        try:
            form = await parser.parse()
        except MultiPartException:
            raise FieldLostError("form") from None
        posted = await _posted(parser, form.multi_items())
        await form.close()
        return posted

    return read


async def _posted(parser: "_InMemory", items: list[tuple[str, UploadFile | str]]) -> Posted:
    values: dict[str, list[str]] = {}
    files: dict[str, Uploaded] = {}
    for name, value in items:
        if isinstance(value, str):
            values.setdefault(name, []).append(tidied(value))
        elif value.filename:
            too_large = value in parser.too_large
            content = b"" if too_large else await value.read()
            files[name] = Uploaded(_last_part(value.filename), content, too_large)
    return Posted(values, files)


def _last_part(name: str) -> str:
    """Some browsers send the whole path."""
    return tidy(name.replace("\\", "/").rpartition("/")[2])[:200].rstrip() or "file"


class _InMemory(MultiPartParser):
    """Starlette's parser, whose temporary files begin on a disk above 1 MB."""

    spool_max_size = 0
    most = 0

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.too_large: list[UploadFile] = []
        self._seen: dict[int, int] = {}

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        file = self._current_part.file
        if file is not None:
            seen = self._seen[id(file)] = self._seen.get(id(file), 0) + end - start
            if seen > self.most:
                if file not in self.too_large:
                    self.too_large.append(file)
                return
        super().on_part_data(data, start, end)
