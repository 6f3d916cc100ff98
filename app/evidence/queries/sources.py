"""Where rows of evidence come from: what people did, by course and post, and the levels they hold."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.curriculum.models import Activity
from app.evidence.rules import RecordKind
from app.kernel.db import table
from app.learning.models import Award, AwardEvent, Enrolment, Outcome
from app.learning.rules import AwardEventKind, OutcomeSource
from app.organisation.models import Employment, LongLeave

_outcome, _activity, _enrolment = table(Outcome), table(Activity), table(Enrolment)
_award, _event = table(Award), table(AwardEvent)

People = Collection[int] | sa.Select[tuple[int]] | None
"""Ids, or a statement that selects them; None: everybody. It narrows the work, and decides nothing by itself."""

STARTS: sa.BindParameter[date] = sa.bindparam("starts", type_=sa.Date)
ENDS: sa.BindParameter[date] = sa.bindparam("ends", type_=sa.Date)


def _belongs() -> sa.ColumnElement[bool]:
    """Whether an outcome was recorded during an episode: after those before it, and in the last one ever after."""
    other = _enrolment.alias("other")
    same = sa.and_(other.c.person_id == _enrolment.c.person_id, other.c.course_id == _enrolment.c.course_id)
    earlier = sa.exists().where(
        same, other.c.episode < _enrolment.c.episode, other.c.closed_at >= _outcome.c.recorded_at
    )
    later = sa.exists().where(same, other.c.episode > _enrolment.c.episode)
    return sa.and_(
        _enrolment.c.person_id == _outcome.c.person_id,
        _enrolment.c.course_id == _activity.c.course_id,
        sa.or_(_enrolment.c.episode == 1, ~earlier),
        sa.or_(_enrolment.c.closed_at.is_(None), _enrolment.c.closed_at >= _outcome.c.recorded_at, ~later),
    )


def _last_day(episode: sa.FromClause) -> sa.ScalarSelect[date]:
    """The day of the last thing done by its completion; what is entered late still counts on its own day."""
    own, activity = _outcome.alias(), _activity.alias()
    return (
        sa.select(sa.func.max(own.c.occurred_on))
        .join(activity, activity.c.id == own.c.activity_id)
        .where(
            own.c.person_id == episode.c.person_id,
            activity.c.course_id == episode.c.course_id,
            own.c.recorded_at <= episode.c.closed_at,
        )
        .scalar_subquery()
    )


_NO_DAY = sa.cast(sa.null(), sa.Date)
_NO_ID = sa.cast(sa.null(), sa.Integer)


def post_on(post: Any, person_id: sa.ColumnElement[int], day: Any) -> sa.ColumnElement[bool]:
    """Whether a post is the primary one of this person on that day."""
    held = sa.and_(post.c.starts_on <= day, sa.or_(post.c.ends_on.is_(None), post.c.ends_on > day))
    return sa.and_(post.c.person_id == person_id, post.c.is_primary, held)


def learning(among: People) -> sa.Select[Any]:
    """What was done in the period, by course, episode and post. The post of the last day by completion completes."""
    post = table(Employment).alias("post")
    # What was completed elsewhere is completed on its own day, and closed when it became known here.
    by_completion = sa.and_(_enrolment.c.completed_at.is_not(None), _outcome.c.recorded_at <= _enrolment.c.closed_at)
    wanted = (
        sa.select(
            _outcome.c.person_id,
            post.c.id.label("post_id"),
            _activity.c.course_id,
            _enrolment.c.edition_id,
            _enrolment.c.id.label("enrolment_id"),
            sa.func.min(_outcome.c.occurred_on).label("first_on"),
            sa.func.max(_outcome.c.occurred_on).label("last_on"),
            sa.func.sum(_outcome.c.minutes).label("minutes"),
            sa.func.sum(_outcome.c.participatory_minutes).label("participatory_minutes"),
            sa.func.max(sa.case((by_completion, _outcome.c.occurred_on))).label("done_on"),
            sa.func.max(sa.case((_outcome.c.source == OutcomeSource.ASSESSMENT, _outcome.c.occurred_on))).label(
                "passed_on"
            ),
        )
        .join(_activity, _activity.c.id == _outcome.c.activity_id)
        .outerjoin(_enrolment, _belongs())
        .outerjoin(post, post_on(post, _outcome.c.person_id, _outcome.c.occurred_on))
        .where(_outcome.c.occurred_on.between(STARTS, ENDS))
        .group_by(_outcome.c.person_id, post.c.id, _activity.c.course_id, _enrolment.c.edition_id, _enrolment.c.id)
    )
    done = (wanted if among is None else wanted.where(_outcome.c.person_id.in_(among))).subquery("done")
    own = _enrolment.alias("own")
    return sa.select(
        sa.literal(RecordKind.LEARNING.value).label("kind"),
        done.c.person_id,
        done.c.post_id,
        sa.cast(sa.null(), sa.String).label("tier"),
        done.c.course_id,
        done.c.edition_id,
        done.c.enrolment_id,
        done.c.first_on,
        done.c.last_on,
        done.c.minutes,
        done.c.participatory_minutes,
        sa.case((done.c.done_on == _last_day(own), done.c.done_on)).label("completed_on"),
        done.c.passed_on,
        _NO_DAY.label("held_since"),
        _NO_DAY.label("held_until"),
        _NO_DAY.label("clock_from"),
    ).outerjoin(own, own.c.id == done.c.enrolment_id)


def levels(among: People, *, lapsed: bool = False) -> sa.Select[Any]:
    """Each level by the last that happened to it; APPLIED says that it was used and changes nothing here.

    It is held since the first day after which it was not withdrawn: a refresh does not begin it anew. Of people who
    were on long leave, lapsed ones too: whoever reads the rows moves their days from `clock_from` on, and looks again.
    `lapsed`: those of everybody.
    """
    standing = (
        sa.select(
            _award.c.person_id,
            _award.c.tier,
            _event.c.kind,
            _event.c.occurred_on,
            _event.c.valid_until,
            _event.c.edition_id,
            _award.c.id.label("award_id"),
            sa.func.row_number()
            .over(partition_by=_award.c.id, order_by=(_event.c.occurred_on.desc(), _event.c.id.desc()))
            .label("place"),
        )
        .join(_event, _event.c.award_id == _award.c.id)
        .where(_event.c.occurred_on <= ENDS, _event.c.kind != AwardEventKind.APPLIED)
    )
    last = (standing if among is None else standing.where(_award.c.person_id.in_(among))).subquery("last")
    held = sa.or_(last.c.valid_until.is_(None), last.c.valid_until >= ENDS, _was_away(last.c.person_id))
    post = table(Employment).alias("post")
    return (
        sa.select(
            sa.literal(RecordKind.LEVEL.value).label("kind"),
            last.c.person_id,
            post.c.id.label("post_id"),
            last.c.tier,
            _NO_ID.label("course_id"),
            last.c.edition_id,
            _NO_ID.label("enrolment_id"),
            _NO_DAY.label("first_on"),
            _NO_DAY.label("last_on"),
            sa.literal(0).label("minutes"),
            sa.literal(0).label("participatory_minutes"),
            _NO_DAY.label("completed_on"),
            _NO_DAY.label("passed_on"),
            _held_since(last).label("held_since"),
            last.c.valid_until.label("held_until"),
            last.c.occurred_on.label("clock_from"),
        )
        .outerjoin(post, post_on(post, last.c.person_id, last.c.occurred_on))
        .where(last.c.place == 1, last.c.kind != AwardEventKind.WITHDRAWN)
        .where(sa.true() if lapsed else held)
    )


def _was_away(person_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    leave = table(LongLeave).alias("leave")
    return sa.exists().where(leave.c.person_id == person_id, leave.c.starts_on <= ENDS)


def _held_since(last: sa.Subquery) -> sa.ScalarSelect[date]:
    own, taken = _event.alias("own_event"), _event.alias("taken")
    withdrawn = (
        sa.select(sa.func.max(taken.c.id))
        .where(taken.c.award_id == last.c.award_id, taken.c.kind == AwardEventKind.WITHDRAWN)
        .where(taken.c.occurred_on <= ENDS)
        .correlate(last)
        .scalar_subquery()
    )
    return (
        sa.select(sa.func.min(own.c.occurred_on))
        .where(own.c.award_id == last.c.award_id, own.c.kind != AwardEventKind.APPLIED, own.c.occurred_on <= ENDS)
        .where(own.c.id > sa.func.coalesce(withdrawn, 0))
        .correlate(last)
        .scalar_subquery()
    )
