"""What must be true of every rating in any database of ours."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.ratings.models import Rating, RatingAgreement, RatingDelegation, RatingNote, RatingShare
from app.ratings.rules import OVERALL, may_say


def ratings_are_series(session: ReadSession) -> Iterator[str]:
    """Each answer is one that its question has; what one author says of one person ends before it says more."""
    rating = table(Rating)
    of: dict[tuple[int, int, str], list[sa.Row[tuple[object, ...]]]] = {}
    for row in session.execute(sa.select(rating).order_by(rating.c.rated_at, rating.c.id)):
        about = row.competency or OVERALL
        of.setdefault((row.person_id, row.author_id, about), []).append(row)
        if row.said not in may_say(about):
            yield f"rating {row.id} says {row.said} of {about or 'everything'}"
        if row.voice == "lead" and row.person_id == row.author_id:
            yield f"rating {row.id} is a lead's of themselves"
        if row.voice == "own" and not row.person_id == row.whose_id == row.author_id:
            yield f"rating {row.id} is said to be somebody's own, and another wrote it"
    for rows in of.values():
        for one, following in pairwise(rows):
            if one.superseded_at is None or one.superseded_at > following.rated_at:
                yield f"rating {one.id} still held when {following.id} was said"


def nobody_stands_on_both_sides(session: ReadSession) -> Iterator[str]:
    for model, one, other in (
        (RatingShare, "person_id", "with_id"),
        (RatingNote, "person_id", "with_id"),
        (RatingDelegation, "lead_id", "manager_id"),
    ):
        row = table(model)
        for found in session.scalars(sa.select(row.c.id).where(row.c[one] == row.c[other])):
            yield f"{row.name} {found} is between a person and themselves"
    note = table(RatingNote)
    for found in session.scalars(
        sa.select(note.c.id).where(note.c.author_id.not_in([note.c.person_id, note.c.with_id]))
    ):
        yield f"rating_note {found} was written by a third"


def one_agreement_stands(session: ReadSession) -> Iterator[str]:
    agreement = table(RatingAgreement)
    standing = Counter(at is None for at in session.scalars(sa.select(agreement.c.ended_at)))[True]
    if standing > 1:
        yield f"{standing} agreements with staff side stand at once"


INVARIANTS = (ratings_are_series, nobody_stands_on_both_sides, one_agreement_stands)
