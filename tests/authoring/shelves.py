"""Folders of courses as tests compare them, and packages as nobody should make them."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from typer.testing import Result

from tests.curriculum.guide import Folder

Qi = Callable[..., Result]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def entries(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def package_of(qi: Qi, folder: Folder, slug: str = "tea-round") -> Path:
    """The package that this course makes."""
    file = folder.path.parent / f"{slug}.zip"
    result = qi(folder, "export", slug, "--to", str(file))
    assert result.exit_code == 0, result.output
    return file


def taken_in(file: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """The same package after a change to its files."""
    files = entries(file)
    change(files)
    file.write_bytes(zipped(files))
