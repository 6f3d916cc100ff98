"""Hand hygiene: of the moments that an observer saw, the share in which hands were cleaned."""

from collections.abc import Collection
from random import Random

from app.assessment.kinds.wards.chances import between, out_of
from app.assessment.kinds.wards.ward import Change, Lived, Ward
from app.charts import ChartKind, Wanted

CHANGES = (
    Change("bed-end", "Fix gel to the end of every bed, where hands are needed"),
    Change("huddle", "Say yesterday’s count at the morning huddle, for the team and never by name"),
    Change("kind-gel", "Change to a gel that is kinder to the skin"),
    Change("poster", "Hang up a new poster over each basin"),
    Change("badges", "Give everybody a badge: “Ask me if my hands are clean”"),
    Change("gloves", "Ask for gloves at every contact with a patient"),
)
GAINS = {"bed-end": 0.11, "huddle": 0.08, "kind-gel": 0.04, "gloves": -0.08}


def live(chance: Random, in_force: Collection[str]) -> Lived:
    """One session of watching: hands cleaned, of the moments seen, and gloves worn where none were needed."""
    share = 0.61 + sum(gain for change, gain in GAINS.items() if change in in_force)
    seen = between(chance, 40, 60)
    needless = out_of(chance, seen, 0.22 if "gloves" in in_force else 0.05)
    return Lived(out_of(chance, seen, share), seen, needless)


WARD = Ward(
    name="hand-hygiene",
    place="An invented surgical ward",
    measure="Moments in which hands were cleaned",
    unit="per cent",
    period="session",
    periods="sessions of watching",
    beside="gloves worn where none were needed",
    chart=ChartKind.P,
    wanted=Wanted.INCREASE,
    changes=CHANGES,
    live=live,
    baseline_points=16,
    baseline_seed="m",
)
