"""No other site can post in somebody's name, no body is too large to refuse, and every answer carries its headers."""

import re

import pytest

from tests.web.conftest import Trial

GOLDEN = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-NONCE'; style-src 'self' 'nonce-NONCE'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
OURS = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OURS}, 403),
        ({"Sec-Fetch-Site": "", "Origin": OURS}, 403),
        ({"Origin": OURS}, 303),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "http://127.0.0.1:8001"}, 403),
        ({"Origin": "http://127.0.0.1:8000.elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({}, 303),
    ],
)
def test_a_form_from_another_site_does_nothing(world: Trial, headers: dict[str, str], status: int) -> None:
    client = world.client()
    client.headers.pop("Sec-Fetch-Site")
    answer = client.post("/trial/count/forged", headers=headers)
    assert answer.status_code == status
    assert ("forged" in world.counted()) == (status == 303)
    if status == 403:
        assert "This form came from another site" in answer.text
        assert "Nothing was done." in answer.text


def test_behind_a_proxy_that_renames_the_host_our_own_forms_still_work(world: Trial) -> None:
    world.settings = world.settings.model_copy(update={"base_url": "https://qi.trust.example"})
    client = world.client()
    client.headers.pop("Sec-Fetch-Site")
    answer = client.post("/trial/count/ours", headers={"Origin": "https://qi.trust.example", "Host": "10.0.0.5:8000"})
    assert answer.status_code == 303


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_following_a_link_from_another_site_is_no_forgery(world: Trial, method: str) -> None:
    answer = world.client().request(method, "/trial/open", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code in {200, 405}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST", "TRACE", "INVENTED"])
def test_every_other_method_is_checked(world: Trial, method: str) -> None:
    answer = world.client().request(method, "/trial/open", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def answers(world: Trial) -> dict[str, tuple[str, str]]:
    asset = world.app.state.core.pages.assets.url("app.css")
    return {
        "a page": ("GET", "/trial/open"),
        "a redirect": ("GET", "/"),
        "a deed": ("POST", "/trial/count/x"),
        "not found": ("GET", "/nowhere"),
        "not allowed": ("GET", "/trial/raise/NotAllowedError"),
        "wrong method": ("PUT", "/trial/open"),
        "a crash": ("GET", "/trial/raise/RuntimeError"),
        "busy": ("GET", "/trial/raise/BusyError"),
        "health": ("GET", "/healthz"),
        "a file": ("GET", asset),
        "no file": ("GET", "/static/none.css"),
    }


KINDS = ["a page", "a redirect", "a deed", "not found", "not allowed", "wrong method", "a crash", "busy", "health"]


@pytest.mark.parametrize("kind", [*KINDS, "a file", "no file"])
def test_every_kind_of_answer_carries_the_headers(world: Trial, kind: str) -> None:
    method, path = answers(world)[kind]
    answer = world.client(raises=False).request(method, path)
    assert {name: answer.headers.get(name) for name in GOLDEN} == GOLDEN
    policy = answer.headers["content-security-policy"]
    assert re.sub(r"nonce-[A-Za-z0-9_-]{16}", "nonce-NONCE", policy) == POLICY
    assert "strict-transport-security" not in answer.headers
    assert "server" not in answer.headers
    expected = "public, max-age=31536000, immutable" if kind == "a file" else "no-store"
    assert answer.headers.get("cache-control") == expected


def test_https_is_remembered_for_a_year(world: Trial) -> None:
    world.settings = world.settings.model_copy(update={"base_url": "https://qi.trust.example"})
    answer = world.client(raises=False).get("/trial/raise/RuntimeError")
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


def test_a_nonce_is_used_once(world: Trial) -> None:
    client = world.client()
    policies = {client.get("/trial/open").headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


def test_a_forged_form_is_refused_with_the_same_headers(world: Trial) -> None:
    answer = world.client().post("/trial/count/x", headers={"Sec-Fetch-Site": "cross-site"})
    assert {name: answer.headers.get(name) for name in GOLDEN} == GOLDEN


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "in chunks"])
def test_a_body_that_is_too_large_gets_a_page_that_says_so(world: Trial, *, declared: bool) -> None:
    whole = b"answer=" + b"x" * 2_000_000
    body = whole if declared else (whole[i : i + 65_536] for i in range(0, len(whole), 65_536))
    answer = world.client().post(
        "/trial/count/large", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413
    assert "That was too much at once" in answer.text
    assert "nothing was saved" in answer.text
    assert world.counted() == {}


def test_a_large_form_within_the_limit_is_read(world: Trial) -> None:
    answer = world.client().post("/trial/count/fits", data={"answer": "x" * 900_000})
    assert answer.status_code == 303
