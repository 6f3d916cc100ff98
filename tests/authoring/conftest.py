from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from app.kernel.config import Settings
from app.main import create_preview
from tests.authoring.shelves import Qi
from tests.client import HouseClient
from tests.curriculum.guide import Folder, guide_course


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The guide's course, in order, in a folder of its own."""
    return guide_course(tmp_path / "courses")


@pytest.fixture
def other(tmp_path: Path) -> Folder:
    """Another trust, with the same framework and words, and no course yet."""
    elsewhere = guide_course(tmp_path / "elsewhere" / "courses")
    for file in sorted((elsewhere / "tea-round").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    (elsewhere / "tea-round").rmdir()
    return elsewhere


@pytest.fixture
def qi(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Qi:
    """`qi courses …` in a folder of courses, where there is no database to ask."""
    monkeypatch.setenv("QI_DATABASE_URL", f"sqlite:///{tmp_path / 'no' / 'database.db'}")

    def run(at: Folder, *words: str) -> Result:
        monkeypatch.setenv("QI_COURSES_DIR", str(at.path))
        return CliRunner().invoke(app, ["courses", *words])

    return run


@pytest.fixture
def preview(folder: Folder) -> HouseClient:
    """The preview of that folder; every page is looked at as a careful reviewer would."""
    settings = Settings(courses_dir=folder.path, database_url=f"sqlite:///{folder.path.parent / 'no' / 'database.db'}")
    return HouseClient(create_preview(settings), base_url="http://127.0.0.1:8020", follow_redirects=False)
