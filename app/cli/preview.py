"""qi courses preview: the course files as learners would see them, on this machine alone."""

import importlib
import socket
from typing import Annotated

import typer
import uvicorn

from app.authoring.places import find
from app.cli.authoring import WRONG_WORDS
from app.cli.console import out, plainly, settings, stop

MAIN = "app.main"
"""Taken in when it is wanted: no other command has to wait for the whole site."""
HERE = "127.0.0.1"
PORT = 8020


@plainly
def preview(
    slug: Annotated[str, typer.Argument(help="The course's name: that of its folder. Default: all courses.")] = "",
    port: Annotated[int, typer.Option(help="The port on this machine; 0 takes one that is free.", min=0, max=65535)] = (
        PORT
    ),
) -> None:
    """Show the courses as learners would see them, with keys, and again at every save. Nothing is recorded."""
    given = settings()
    if slug and find(given.courses_dir, slug) is None:
        stop(f"There is no course '{slug}' in {given.courses_dir}. Begin it: qi courses new {slug}", WRONG_WORDS)
    app = importlib.import_module(MAIN).create_preview(given.model_copy(update={"base_url": ""}), slug)
    listener = _listen(port)
    address = f"http://{HERE}:{listener.getsockname()[1]}/"
    out.print(f"Preview: {address}   Save a file, and the page loads again. (Ctrl-C ends it)", markup=False)
    config = uvicorn.Config(
        app, server_header=False, access_log=False, log_level="warning", lifespan="off", timeout_graceful_shutdown=1
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HERE, port))
    except OSError as error:
        stop(f"Port {port} cannot be used: {error.strerror}. Choose another: --port {port + 1}, or any: --port 0")
