"""The process that works on a staff file, slow to leave one phase: `python -m tests.intake.lingering PHASE WORDS…`.

A test that kills it during that phase then always finds it there, on a machine of any speed.
"""

import sys
import time
from typing import Any

from app.intake import apart
from app.intake.models import StaffUpload
from app.intake.rules.uploads import Phase
from app.intake.working import Work

FOR = 60.0
"""Seconds: as long as a test waits for anything."""


class Lingering(Work):
    """All that the phase does is done; the note that ends it is late."""

    phase: Phase
    now: Phase | None = None

    def _note(self, **values: object) -> None:
        if values and self.now is self.phase:
            time.sleep(FOR)
        super()._note(**values)

    def _say(self, phase: Phase) -> None:
        super()._say(phase)
        self.now = phase

    def _apply(self, upload: StaffUpload, shown: Any) -> None:
        super()._apply(upload, shown)
        time.sleep(FOR)


if __name__ == "__main__":
    Lingering.phase = Phase(sys.argv[1])
    vars(apart)["Work"] = Lingering
    apart.main(*sys.argv[2:])
