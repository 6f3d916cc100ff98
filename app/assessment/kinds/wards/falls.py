"""Falls on a ward: rare events, each with its reasons, counted by the week."""

from collections.abc import Collection
from random import Random

from app.assessment.kinds.wards.chances import events, out_of
from app.assessment.kinds.wards.ward import Change, Lived, Ward
from app.charts import ChartKind, Wanted

CHANGES = (
    Change("toilet-rounds", "Offer everybody at risk a walk to the toilet at 22:00, 02:00 and 05:30"),
    Change("sedatives", "Have the pharmacist look at every sedative given at night, each Tuesday"),
    Change("glasses", "Put glasses, stick and call bell within reach at every evening round"),
    Change("socks", "Give everybody yellow socks with a rubber sole"),
    Change("posters", "Hang up a “Call, don’t fall” poster over each bed"),
    Change("rails", "Put the bed rails up for everybody from 22:00"),
)


def live(chance: Random, in_force: Collection[str]) -> Lived:
    """One week: the falls from each cause, and how many of them ended with an injury."""
    to_the_toilet = 3.4 * (0.35 if "toilet-rounds" in in_force else 1)
    drowsy = 1.6 * (0.5 if "sedatives" in in_force else 1)
    reaching = 0.9 * (0.6 if "glasses" in in_force else 1)
    other = 1.0
    over_the_rails = 0.3 if "rails" in in_force else 0.0
    eased = 0.85 if "rails" in in_force else 1
    falls = events(chance, (to_the_toilet + drowsy + reaching + other) * eased + over_the_rails)
    hurt = out_of(chance, falls, 0.4 if "rails" in in_force else 0.15)
    return Lived(falls, None, hurt)


WARD = Ward(
    name="falls",
    place="An invented ward for older people with 28 beds",
    measure="Falls on the ward",
    unit="falls a week",
    period="week",
    periods="weeks",
    beside="falls with an injury",
    chart=ChartKind.C,
    wanted=Wanted.DECREASE,
    changes=CHANGES,
    live=live,
    baseline_points=16,
    baseline_seed="v",
)
