"""The one thing to do next, on a member of staff's first screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.capability.pages.parts import PathFor
from app.capability.queries.mine import Level
from app.capability.rules import HELD, Need, NeedSource
from app.capability.wording import asked_by_rule
from app.learning.queries import NextStep
from app.organisation.wording import moved_words
from app.web.words import day, minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The one thing to do next."""

    heading: str
    said: str
    button: str
    href: str
    asked: str


def next_to_do(
    levels: Sequence[Level], found: NextStep | None, links: Mapping[str, str], path_for: PathFor
) -> Step | None:
    """Where they stopped; else the first thing that is asked of them and has a course."""
    if found is None:
        asked = (m for m in levels if m.standing.need is Need.REQUIRED and m.standing.progress.state not in HELD)
        return next((_first(m, links[m.tier.slug]) for m in asked if m.tier.slug in links), None)
    reached = f" You had reached “{found.reached}”." if found.reached else ""
    where = path_for(found.route, **found.params) + (f"#{found.place}" if found.place else "")
    about = f"About {minutes(found.minutes_left)}" if found.minutes_left else ""
    left = f"{about} left." if about and found.started else f"{about}." if about else ""
    asked_for = next((m for m in levels if m.tier.slug == found.tier), None)
    return Step(
        heading=f"Next: {found.module_title}",
        said=f"{found.course_title}, module {found.number} of {found.of}. {left}{reached}",
        button="Resume" if found.started else "Start",
        href=where,
        asked=_asked(asked_for) if asked_for else "",
    )


def _first(level: Level, href: str) -> Step:
    return Step(
        heading=f"Next: {level.tier.title}",
        said=f"About {minutes(level.tier.release_minutes)} in all. You can stop and go on at any time.",
        button="See the course",
        href=href,
        asked=_asked(level),
    )


def _asked(level: Level) -> str:
    """Teresa Hollis asked for Pocket QI by 31 March 2027: “Falls work on Larch starts in April.”"""
    now = level.decided
    if now is None or now.need is not Need.REQUIRED:
        return ""
    by = f" by {day(level.standing.due)}{moved_words(level.standing.moved)}" if level.standing.due else ""
    if now.rule:
        return f"{level.tier.title} is asked of you{by}. {asked_by_rule(now.rule, now.decided_at, now.reason)}"
    if level.standing.source is NeedSource.STARTER:
        return f"Everyone who starts here is asked for {level.tier.title}{by}."
    return f"{now.set_by} asked for {level.tier.title}{by}{f': “{now.reason}”' if now.reason else '.'}"
