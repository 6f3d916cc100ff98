"""Every answer carries the headers that keep a browser safe, and no deed can be sent from another site.

The guard stands before all routes; these tests ask each of them, so that a route around it would be found.
"""

import pytest

from app.kernel.config import Settings
from tests.house.conftest import Stage
from tests.house.registry import Row, entries, rows
from tests.world import World

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
DEEDS = [row for row in rows() if row.method == "POST"]


@pytest.mark.slow
def test_every_page_has_every_header(stage: Stage) -> None:
    for row in rows():
        if row.method == "GET":
            for visitor in ("anonymous", "qi-admin"):
                answer = stage.client(visitor).get(row.path(entries()[row.route], stage.cast))
                for name, value in HEADERS.items():
                    assert answer.headers[name] == value, f"{row.name}: {name}"
                assert answer.headers["cache-control"] == "no-store", row.name
                _strict(answer.headers["content-security-policy"])


def _strict(policy: str) -> None:
    parts = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert parts["default-src"] == ["'none'"]
    for name in ("base-uri", "object-src", "frame-ancestors"):
        assert parts[name] == ["'none'"]
    for name in ("script-src", "style-src"):
        source, nonce = parts[name]
        assert source == "'self'"
        assert nonce.startswith("'nonce-")
        assert len(nonce) > 20
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_nonce_is_used_once(world: World) -> None:
    client = world.client()
    policies = {client.get("/nowhere").headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("row", DEEDS, ids=lambda row: row.name)
def test_a_deed_sent_from_another_site_is_refused_and_does_nothing(row: Row, stage: Stage) -> None:
    path, data = row.path(entries()[row.route], stage.cast), row.data(stage.cast)
    allowed = [visitor for visitor, answer in row.answers.items() if answer in {"303", "200", "422"}]
    for forged in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert (
            stage.client(allowed[0] if allowed else "qi-admin").post(path, data=data, headers=forged).status_code == 403
        )
    client = stage.client(allowed[0] if allowed else "qi-admin")
    del client.headers["Sec-Fetch-Site"]
    for origin in ("https://elsewhere.example", "null"):
        assert client.post(path, data=data, headers={"Origin": origin}).status_code == 403
    assert stage.changed() == set()


def test_no_deed_is_done_by_looking(stage: Stage) -> None:
    """A link cannot send a form, and a form cannot be read."""
    pages = {entry.path for entry in entries().values() if entry.method == "GET"}
    for row in DEEDS:
        entry = entries()[row.route]
        if entry.path not in pages:
            answer = stage.client("qi-admin").get(row.path(entry, stage.cast))
            assert answer.status_code in {404, 405}, row.name


def test_more_than_any_form_of_ours_holds_is_refused(world: World) -> None:
    answer = world.client().post("/nowhere", content=b"a" * 2_000_001)
    assert answer.status_code in {404, 405, 413}


def test_over_https_cookies_are_bound_to_the_host_and_browsers_stay_on_https(settings: Settings) -> None:
    world = World(settings.model_copy(update={"base_url": "https://qi.trust.example"}))
    answer = world.client().get("/nowhere")
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    world.close()


def test_nothing_describes_the_program_to_strangers(world: World) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/metrics", "/debug", "/.env", "/static/", "/static/../main.py"):
        assert world.client().get(path).status_code == 404, path


def test_files_are_named_by_their_content_and_kept_for_a_year(world: World) -> None:
    url = world.app.state.core.pages.assets.url("app.css")
    answer = world.client().get(url, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/css")
    assert world.client().get(url.replace("app.", "app.0")).status_code == 404
