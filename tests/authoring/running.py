"""`qi courses …` as an author runs it: a process of its own, in which no database is set up."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

from app.kernel.config import ROOT

QI = [sys.executable, "-c", "from app.cli import app; app()", "courses"]


def environment(courses: Path) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("QI_")}
    database = courses.parent / "no" / "database.db"
    return inherited | {"QI_COURSES_DIR": str(courses), "QI_DATABASE_URL": f"sqlite:///{database}"}


def qi_courses(courses: Path, *words: str) -> str:
    """What a command says. Fails where the command does."""
    done = subprocess.run(
        [*QI, *words], cwd=ROOT, env=environment(courses), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class RunningPreview:
    """The preview at `url`, from its first words until Ctrl-C. `complaints` are what it wrote of errors."""

    def __init__(self, courses: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [*QI, "preview", *words, "--port", "0"],
            cwd=ROOT,
            env=environment(courses) | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+", self.process.stdout.readline())
        assert found, self.process.stderr.read() if self.process.stderr else ""
        self.url = found[0]
        self.complaints = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.complaints = self.process.communicate(timeout=60)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.complaints = self.process.communicate()[1]
            raise
