"""Whether there are ratings, who rates whom, what was said of whom and who may see it, and counts of many."""

from app.ratings.queries.agreement import AgreementRow, agreements, are_on, must_be_on, standing_agreement
from app.ratings.queries.asking import asked_already, asked_of_team, may_be_asked, was_asked
from app.ratings.queries.ceased import ceased_delegations, ceased_shares
from app.ratings.queries.counts import Counted, Counts, counts, has_counts
from app.ratings.queries.depth import may_rate_all
from app.ratings.queries.notes import NoteRow, notes_of
from app.ratings.queries.raters import (
    Hand,
    RatedPerson,
    Rater,
    hand_for,
    hands,
    may_rate,
    rated_person,
    raters_of,
)
from app.ratings.queries.record import Record, record_of
from app.ratings.queries.sheets import Sheet, SheetLine, TeamToJudge, sheet, some_teams, teams_to_judge
from app.ratings.queries.skills import Rated, Skills, skills
from app.ratings.queries.voices import (
    OpenShare,
    Pair,
    RatingRow,
    Voices,
    my_voices,
    open_shares,
    rated_between,
    voices_for_rater,
)

__all__ = [
    "AgreementRow",
    "Counted",
    "Counts",
    "Hand",
    "NoteRow",
    "OpenShare",
    "Pair",
    "Rated",
    "RatedPerson",
    "Rater",
    "RatingRow",
    "Record",
    "Sheet",
    "SheetLine",
    "Skills",
    "TeamToJudge",
    "Voices",
    "agreements",
    "are_on",
    "asked_already",
    "asked_of_team",
    "ceased_delegations",
    "ceased_shares",
    "counts",
    "hand_for",
    "hands",
    "has_counts",
    "may_be_asked",
    "may_rate",
    "may_rate_all",
    "must_be_on",
    "my_voices",
    "notes_of",
    "open_shares",
    "rated_between",
    "rated_person",
    "raters_of",
    "record_of",
    "sheet",
    "skills",
    "some_teams",
    "standing_agreement",
    "teams_to_judge",
    "voices_for_rater",
    "was_asked",
]
