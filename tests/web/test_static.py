"""Files have their content in their name, so browsers may keep them for a year and never show an old one."""

import gzip
import re
from pathlib import Path

import pytest

from app.web.static import FOLDER, Assets
from tests.web.conftest import Trial


@pytest.fixture
def assets(world: Trial) -> Assets:
    found: Assets = world.app.state.core.pages.assets
    return found


def test_a_file_is_named_by_its_content_and_kept_for_a_year(world: Trial, assets: Assets) -> None:
    url = assets.url("app.css")
    assert re.fullmatch(r"/static/app\.[0-9a-f]{10}\.css", url)
    answer = world.client().get(url)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.content == (FOLDER / "app.css").read_bytes()


def test_a_large_file_travels_packed_for_whoever_can_unpack(world: Trial, assets: Assets) -> None:
    url, client = assets.url("vendor/nhsuk-frontend.min.css"), world.client()
    with client.stream("GET", url, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 4


@pytest.mark.parametrize(
    "path",
    ["app.css", "app.0000000000.css", "../app.py", "..%2f..%2fmain.py", "%2e%2e/static.py", "", "vendor/", "nul%00"],
)
def test_no_other_address_gives_a_file(world: Trial, path: str) -> None:
    answer = world.client().get(f"http://127.0.0.1:8000/static/{path}")
    assert answer.status_code == 404
    assert "def " not in answer.text


def test_an_unknown_name_in_a_template_is_an_error_at_once(assets: Assets) -> None:
    with pytest.raises(KeyError):
        assets.url("nowhere.css")


def test_every_file_of_the_folder_has_an_address_and_a_type(world: Trial, assets: Assets) -> None:
    client = world.client()
    for file in (f for f in FOLDER.rglob("*") if f.is_file()):
        answer = client.get(assets.url(file.relative_to(FOLDER).as_posix()))
        assert (answer.status_code, answer.content) == (200, file.read_bytes())
        assert answer.headers["content-type"].split(";")[0] in {
            "text/css", "text/javascript", "application/javascript", "image/svg+xml", "text/plain", "text/markdown",
            "image/png",
        }, file  # fmt: skip


def test_the_trusts_own_logo_is_served_like_the_rest(world: Trial, tmp_path: Path) -> None:
    logo = tmp_path / "our logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    world.settings = world.settings.model_copy(update={"trust_logo": str(logo)})
    client = world.client()
    found = re.search(r'src="(/static/trust-logo\.[0-9a-f]{10}\.svg)"', client.get("/trial/open").text)
    assert found
    assert client.get(found[1]).headers["content-type"] == "image/svg+xml"


def test_no_page_asks_another_host_for_anything(world: Trial) -> None:
    page = world.client().get("/trial/open").text
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
