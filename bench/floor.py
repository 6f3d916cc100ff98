"""The floor: the same framework, server and compression with nothing behind them, to hold our own figures against.

`/plain` is a route that answers three letters. `/page` is a page of the module page's own size and words, put together
by Jinja line by line as any page is, without a database.
"""

import os
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse
from jinja2 import Environment
from starlette.middleware.gzip import GZipMiddleware

PAGE = "QI_BENCH_PAGE"


def create_app() -> FastAPI:
    lines = Path(os.environ[PAGE]).read_text(encoding="utf-8").splitlines()
    template = Environment(autoescape=False).from_string("{% for line in lines %}{{ line }}\n{% endfor %}")
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    def plain() -> PlainTextResponse:
        return PlainTextResponse("yes")

    def page() -> HTMLResponse:
        return HTMLResponse(template.render(lines=lines))

    app.add_api_route("/plain", plain, response_model=None)
    app.add_api_route("/page", page, response_model=None)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=2)
    return app
