"""A course moves between trusts as one file: whole, the same on both sides, and never over what is there."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.assessment.kinds import KINDS
from app.authoring.packages import export_course, import_course
from app.kernel.config import ROOT
from tests.authoring.shelves import Qi, contents, entries, package_of, taken_in
from tests.curriculum.guide import Folder, guide_course
from tests.world import NOW

COURSES = sorted(file.parent.name for file in (ROOT / "courses").glob("**/course.yaml"))
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)


@pytest.mark.slow
@pytest.mark.parametrize("slug", COURSES)
def test_every_real_course_is_the_same_on_the_other_side(slug: str, tmp_path: Path) -> None:
    [source] = [file.parent for file in (ROOT / "courses").glob(f"**/{slug}/course.yaml")]
    root = tmp_path / "courses"
    root.mkdir()
    for shared in ("framework.yaml", "glossary.yaml"):
        shutil.copyfile(ROOT / "courses" / shared, root / shared)
    export_course(ROOT / "courses", KINDS, slug, tmp_path / "course.zip")
    done = import_course(root, KINDS, tmp_path / "course.zip", NOW)
    assert done.place == root / source.relative_to(ROOT / "courses")
    assert contents(done.place) == contents(source)
    assert (root / "glossary.yaml").read_bytes() == (ROOT / "courses" / "glossary.yaml").read_bytes()


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=WORDS, words=st.lists(WORDS, min_size=1, max_size=8), ending=st.sampled_from(["\n", "\r\n"]))
def test_what_is_taken_in_is_what_was_packed(
    tmp_path_factory: pytest.TempPathFactory, title: str, words: list[str], ending: str
) -> None:
    here = guide_course(tmp_path_factory.mktemp("here") / "courses")
    course = yaml.safe_load((here / "tea-round/course.yaml").read_text())
    here.write("tea-round/course.yaml", yaml.safe_dump(course | {"title": title}, allow_unicode=True))
    text = (here / "tea-round/01-cold-tea.md").read_text() + "\n" + " ".join(words) + "\n"
    here.write("tea-round/01-cold-tea.md", text.replace("\n", ending))
    if here.problems():
        return
    there = guide_course(tmp_path_factory.mktemp("there") / "courses")
    package = here.path.parent / "tea.zip"
    export_course(here.path, KINDS, "tea-round", package)
    import_course(there.path, KINDS, package, NOW, replace=True)
    assert contents(there / "tea-round") == contents(here / "tea-round")
    assert there.problems() == []


def test_a_package_says_what_it_is_and_is_the_same_whenever_it_is_made(folder: Folder, qi: Qi) -> None:
    first = package_of(qi, folder).read_bytes()
    manifest = yaml.safe_load(entries(folder.path.parent / "tea-round.zip")["package.yaml"])
    assert (manifest["slug"], manifest["edition"], manifest["made_with"]) == ("tea-round", 1, "qi 0.1.0")
    assert [c["id"] for c in manifest["competencies"]] == ["measurement"]
    assert [t["term"] for t in manifest["terms"]] == ["baseline"]
    (folder.path.parent / "tea-round.zip").unlink()
    assert package_of(qi, folder).read_bytes() == first


def test_a_course_that_is_not_in_order_stays_at_home(folder: Folder, qi: Qi) -> None:
    folder.swap("tea-round/course.yaml", "competency: measurement", "competency: measurements")
    result = qi(folder, "export", "tea-round", "--to", str(folder.path.parent / "x.zip"))
    assert result.exit_code == 1
    assert "unknown competency 'measurements'" in result.output
    assert "1 to mend; nothing was packed." in result.output
    assert not (folder.path.parent / "x.zip").exists()


def test_nothing_is_written_over(folder: Folder, qi: Qi) -> None:
    (folder.path.parent / "tea.zip").write_text("minutes of the board")
    result = qi(folder, "export", "tea-round", "--to", str(folder.path.parent / "tea.zip"))
    assert (result.exit_code, "--to" in result.output) == (1, True)
    assert (folder.path.parent / "tea.zip").read_text() == "minutes of the board"
    assert sorted(p.name for p in folder.path.parent.iterdir()) == ["courses", "tea.zip"]


def test_new_words_come_with_the_course_and_own_words_stay(folder: Folder, other: Folder, qi: Qi) -> None:
    file = package_of(qi, folder)
    glossary = (other / "glossary.yaml").read_text()
    own = [t for t in yaml.safe_load(glossary) if t["term"] != "baseline"]
    other.write("glossary.yaml", "# ours\n" + yaml.safe_dump(own))
    result = qi(other, "import", str(file))
    assert result.exit_code == 0, result.output
    assert "New in glossary.yaml: baseline" in result.output
    assert contents(other / "tea-round") == contents(folder / "tea-round")
    assert (other / "glossary.yaml").read_text().startswith("# ours\n")
    assert other.problems() == []
    other.write("glossary.yaml", glossary.replace("How things were before", "What we had before"))
    again = qi(other, "import", str(file), "--replace")
    assert "Your own explanation stays, and the package has another: baseline" in again.output
    assert "What we had before" in (other / "glossary.yaml").read_text()


def test_a_course_that_is_there_is_replaced_only_when_asked_and_is_kept(folder: Folder, qi: Qi) -> None:
    file = package_of(qi, folder)
    folder.swap("tea-round/01-cold-tea.md", "a man in bed 22", "a man in bed 24")
    mine = contents(folder / "tea-round")
    refused = qi(folder, "import", str(file))
    assert (refused.exit_code, "--replace" in refused.output) == (1, True)
    assert contents(folder / "tea-round") == mine
    assert qi(folder, "import", str(file), "--replace").exit_code == 0
    assert b"a man in bed 22" in contents(folder / "tea-round")["01-cold-tea.md"]
    [kept] = (folder / ".replaced").iterdir()
    assert contents(kept) == mine
    assert folder.problems() == []


def test_where_two_folders_cannot_change_places_the_old_one_is_kept_as_well(
    folder: Folder, qi: Qi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.authoring.places.sys.platform", "darwin")
    file, mine = package_of(qi, folder), contents(folder / "tea-round")
    assert qi(folder, "import", str(file), "--replace").exit_code == 0
    [kept] = (folder / ".replaced").iterdir()
    assert contents(kept) == contents(folder / "tea-round") == mine


def test_a_course_that_is_not_there_cannot_be_replaced(folder: Folder, other: Folder, qi: Qi) -> None:
    result = qi(other, "import", str(package_of(qi, folder)), "--replace")
    assert (result.exit_code, "Leave out --replace" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("package.yaml", b'slug: "induction"', b'slug: "night-school"', "the tier 'night-school'"),
        ("package.yaml", b'{id: "measurement"', b'{id: "tea-making"', '- {id: "tea-making", title: '),
        ("package.yaml", b"package: 1", b"package: 2", "'2' is not a value of 'package'"),
        ("package.yaml", b'"tea-round"', b'"../tea"', "cannot be used as 'slug'"),
        ("package.yaml", b'"tea-round"', b'"tea-time"', "lies outside the folder tea-time/"),
        ("tea-round/course.yaml", b"competency: measurement", b"competency: tea", "unknown competency 'tea'"),
        ("tea-round/course.yaml", b"tier: induction", b"tier: night-school", "unknown tier 'night-school'"),
        ("tea-round/course.yaml", b"slug: tea-round", b"slug: tea-time", "is not the folder's name"),
        ("tea-round/course.yaml", b"edition: 1", b"edition: !!python/object:os.system 1", "the tag"),
        ("tea-round/01-cold-tea.md", b"A [[baseline]]", b"<script>alert(1)</script> A [[baseline]]", "HTML"),
        ("tea-round/01-cold-tea.md", b"[[baseline]]", b"[[tea]]", "unknown term"),
        ("tea-round/figures/cups.svg", b"<title>", b"<script>alert(1)</script><title>", "script"),
    ],
)
def test_a_package_is_checked_like_any_other_course(
    folder: Folder, other: Folder, qi: Qi, name: str, old: bytes, new: bytes, said: str
) -> None:
    file, before = package_of(qi, folder), contents(other.path)
    taken_in(file, lambda files: files.update({name: files[name].replace(old, new, 1)}))
    result = qi(other, "import", str(file))
    assert result.exit_code == 1
    assert said in result.output
    assert "nothing was taken in" in result.output.lower()
    assert contents(other.path) == before


def test_an_archive_that_is_called_a_text_is_no_text(folder: Folder, other: Folder, qi: Qi) -> None:
    file, before = package_of(qi, folder), contents(other.path)
    taken_in(file, lambda files: files.update({"tea-round/01-cold-tea.md": gzip.compress(b"words")}))
    result = qi(other, "import", str(file))
    assert (result.exit_code, "is not UTF-8 text" in result.output) == (1, True)
    assert contents(other.path) == before


def test_a_problem_that_a_replaced_course_had_too_is_still_a_problem(folder: Folder, qi: Qi) -> None:
    file = package_of(qi, folder)
    taken_in(file, lambda files: files.update({"tea-round/notes.md": b"Left over.\n"}))
    folder.write("tea-round/notes.md", "Left over.\n")
    result = qi(folder, "import", str(file), "--replace")
    assert (result.exit_code, "is used nowhere" in result.output) == (1, True)


KILLED = """
import os, signal, sys
from pathlib import Path
from app.assessment.kinds import KINDS
from app.authoring import places
from app.authoring.packages import import_course
from datetime import UTC, datetime
at, calls = int(sys.argv[3]), 0
def counted(event, args):
    global calls
    if event in ("open", "os.rename", "os.mkdir", "os.replace") and sys.argv[1] in str(args[0]):
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(counted)
import_course(Path(sys.argv[1]), KINDS, Path(sys.argv[2]), datetime.now(UTC), replace="replace" in sys.argv)
"""


@pytest.mark.slow
@pytest.mark.parametrize("replace", [False, True])
def test_killed_at_any_moment_it_has_happened_or_has_not(folder: Folder, other: Folder, qi: Qi, replace: bool) -> None:
    """Killed at each seventh time that a file below the folder of courses is touched, until it comes to its end."""
    file = package_of(qi, folder)
    new = contents(folder / "tea-round")
    at = folder if replace else other
    if replace:
        folder.swap("tea-round/01-cold-tea.md", "a man in bed 22", "a man in bed 24")
    old = contents(at / "tea-round")
    for moment in range(1, 400, 7):
        words = [sys.executable, "-c", KILLED, str(at.path), str(file), str(moment), *(["replace"] if replace else [])]
        done = subprocess.run(words, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
        found = contents(at / "tea-round")
        assert found in (old, new)
        assert at.problems() == []
        if done.returncode != -signal.SIGKILL:
            break
    assert done.returncode == 0
    assert contents(at / "tea-round") == new
    if replace:
        assert old in [contents(kept) for kept in (at / ".replaced").iterdir()]
