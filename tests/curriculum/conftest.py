from pathlib import Path

import pytest

from tests.curriculum.guide import Folder, guide_course


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The guide's course, in order, in a folder of its own."""
    return guide_course(tmp_path / "courses")
