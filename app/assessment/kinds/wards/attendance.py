"""People who do not come to their appointment: so many of those who were booked, clinic by clinic."""

from collections.abc import Collection
from random import Random

from app.assessment.kinds.wards.chances import between, out_of
from app.assessment.kinds.wards.ward import Change, Lived, Ward
from app.charts import ChartKind, Wanted

CHANGES = (
    Change("text", "Send a text three days before, which lets people cancel with one letter"),
    Change("call", "Ring everybody who missed the last appointment, the evening before"),
    Change("own-time", "Let people choose day and time themselves when they are booked"),
    Change("cost", "Print in the letter what a missed appointment costs"),
    Change("colour", "Print the letter on coloured paper"),
    Change("discharge", "Discharge everybody who misses one appointment"),
)
FACTORS = {"text": 0.62, "call": 0.8, "own-time": 0.75, "discharge": 0.85}


def live(chance: Random, in_force: Collection[str]) -> Lived:
    """One clinic: who did not come of those booked, and who came back later as an urgent referral."""
    missing = 0.23
    for change, factor in FACTORS.items():
        missing *= factor if change in in_force else 1
    booked = between(chance, 38, 52)
    urgent = out_of(chance, booked, 0.045 if "discharge" in in_force else 0.012)
    return Lived(out_of(chance, booked, missing), booked, urgent)


WARD = Ward(
    name="clinic-attendance",
    place="An invented outpatient clinic",
    measure="Booked people who did not come",
    unit="per cent",
    period="clinic",
    periods="clinics",
    beside="people who came back as urgent referrals",
    chart=ChartKind.P,
    wanted=Wanted.DECREASE,
    changes=CHANGES,
    live=live,
    baseline_points=16,
    baseline_seed="p",
)
