"""What the rules of need will make of those who join with a file, said before it is applied."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from app.capability.need_rules import Post, Rule, touches
from app.capability.queries.enrolling import begun_alone
from app.capability.queries.ruling import rules_in_force
from app.capability.queries.standings import matrix_tiers
from app.intake.rules.columns import listed
from app.intake.rules.lines import LeaveAsked, Line, LineKind, PostAsked
from app.intake.rules.picture import Picture
from app.intake.rules.places import NewTeam
from app.intake.rules.plan import Plan
from app.kernel.db import ReadSession
from app.learning.rules import STARTER_TIER
from app.web.words import plural

NOWHERE = 0
"""A team or directorate that is opened with this very file: no rule is about it alone."""
AFTERWARDS = (
    "Whoever moves, comes back or leaves is looked at by the rules of need within minutes: what no rule asks any more "
    "is withdrawn, and with it a place on a course that they have not begun."
)


def foreseen(session: ReadSession, plan: Plan, known: Picture) -> tuple[str, ...]:
    """Of how many joiners rules ask which level, and how many they put on its course; empty without a rule.

    The introduction is no part of it: every starter has that. Whoever joins on a later day is asked then.
    """
    rules = [r for r in rules_in_force(session, known.today) if r.tier != STARTER_TIER]
    if not rules or not plan.lines:
        return ()
    titles, alone = {t.slug: t.title for t in matrix_tiers(session)}, begun_alone(session)
    asked, placed, by = _counted(plan, known, rules)
    said = [_words(titles[tier], asked[tier], placed[tier] if tier in alone else 0, by[tier]) for tier in sorted(asked)]
    others = any(line.kind not in {LineKind.JOINER, LineKind.SECOND_POST} for line in plan.lines)
    return (*said, AFTERWARDS) if others else tuple(said)


def _counted(
    plan: Plan, known: Picture, rules: list[Rule]
) -> tuple[Counter[str], Counter[str], dict[str, dict[str, None]]]:
    asked, placed, by = Counter[str](), Counter[str](), dict[str, dict[str, None]]()
    for line, post in _joining(plan, known):
        asking = [rule for rule in rules if touches(rule, post, known.today)]
        for rule in asking:
            by.setdefault(rule.tier, {})[rule.said] = None
        tiers = {rule.tier for rule in asking}
        asked.update(tiers)
        placed.update(() if isinstance(line.leave, LeaveAsked) else tiers)
    return asked, placed, by


def _words(title: str, asked: int, placed: int, by: dict[str, None]) -> str:
    who = f"Of those who join, {plural(asked, 'person is', 'people are')} asked for {title} by {listed(by, 5)}"
    return f"{who}; {placed:,} of them put on its course as they join." if placed else f"{who}."


def _joining(plan: Plan, known: Picture) -> Iterator[tuple[Line, Post]]:
    """Each joiner with the post that rules look at."""
    manage = {post.manager for line in plan.lines for post in line.posts if isinstance(post.manager, str)}
    for line in plan.of(LineKind.JOINER):
        post = line.begun
        if post is not None and post.is_primary and _holds(post, known.today):
            yield line, Post(0, *_place(post, known), *_words_of(post), post.starts_on, line.number in manage)


def _holds(post: PostAsked, today: date) -> bool:
    return post.starts_on <= today and (post.ends_on is None or post.ends_on > today)


def _words_of(post: PostAsked) -> tuple[str, str, str]:
    return post.staff_group, post.job_role, post.band


def _place(post: PostAsked, known: Picture) -> tuple[int, int]:
    """Directorate and team."""
    if not isinstance(post.team, NewTeam):
        return known.directorate_of[post.team], post.team
    home = post.team.directorate
    return (home if isinstance(home, int) else NOWHERE), NOWHERE
