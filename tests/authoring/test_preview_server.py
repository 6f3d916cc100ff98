"""The command itself: a server on this machine alone, which needs no database and ends with Ctrl-C."""

import socket
import time

import httpx2
import pytest

from tests.authoring.running import RunningPreview
from tests.authoring.shelves import Qi, contents
from tests.curriculum.guide import HOME, Folder

pytestmark = pytest.mark.slow

SOON = 5.0
"""Seconds that a busy machine may take; a quiet one takes a fraction of one."""


def test_a_save_is_served_within_a_moment_and_nothing_is_left_behind(folder: Folder) -> None:
    before = set(contents(folder.path.parent))
    with RunningPreview(folder.path, HOME) as preview, httpx2.Client(base_url=preview.url) as client:
        first = client.get("/")
        assert (first.status_code, first.headers["location"]) == (303, "/courses/tea-round")
        assert "a man in bed 22" in client.get("/courses/tea-round/cold-tea").text
        version = client.get("/preview/version").text
        folder.swap(f"{HOME}/01-cold-tea.md", "a man in bed 22", "a man in bed 24")
        saved = time.monotonic()
        while client.get("/preview/version").text == version:
            assert time.monotonic() - saved < SOON
        assert "a man in bed 24" in client.get("/courses/tea-round/cold-tea").text
        assert client.post("/courses/tea-round/cold-tea/read").status_code == 303
        assert "set-cookie" not in client.get("/courses/tea-round/cold-tea").headers
    assert preview.process.returncode in {0, -2, 130}
    assert preview.complaints == ""
    assert set(contents(folder.path.parent)) == before


def test_it_listens_to_this_machine_alone(folder: Folder) -> None:
    with RunningPreview(folder.path) as preview:
        port = int(preview.url.rpartition(":")[2])
        own = {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for address in own - {"127.0.0.1", "127.0.1.1"}:
            with socket.socket() as probe:
                probe.settimeout(2)
                assert probe.connect_ex((str(address), port)) != 0


def test_a_port_that_is_taken_and_a_course_that_is_not_there_are_told_with_the_remedy(folder: Folder, qi: Qi) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        busy = qi(folder, "preview", "--port", str(port))
    assert (busy.exit_code, f"--port {port + 1}" in busy.output) == (1, True)
    unknown = qi(folder, "preview", "tea-time")
    assert (unknown.exit_code, "Begin it: qi courses new tea-time" in unknown.output) == (2, True)
