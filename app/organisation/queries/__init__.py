"""Which people, teams and directorates an actor may see, and where a person works on a day."""

from app.organisation.queries.leave import (
    LeaveRow,
    Leaves,
    away_ids,
    is_away,
    leave_record,
    leave_records,
    leaves_of,
    was_away,
)
from app.organisation.queries.partners import PartnerRow, partner_in_reach, partners
from app.organisation.queries.people import (
    PersonRow,
    find_people,
    in_post,
    one_person,
    people_condition,
    people_in_reach,
    person_in_reach,
    person_record,
    posts_of,
)
from app.organisation.queries.structure import (
    DirectorateRow,
    TeamRow,
    directorates,
    open_on,
    team_in_reach,
    teams,
    teams_within,
)

__all__ = [
    "DirectorateRow",
    "LeaveRow",
    "Leaves",
    "PartnerRow",
    "PersonRow",
    "TeamRow",
    "away_ids",
    "directorates",
    "find_people",
    "in_post",
    "is_away",
    "leave_record",
    "leave_records",
    "leaves_of",
    "one_person",
    "open_on",
    "partner_in_reach",
    "partners",
    "people_condition",
    "people_in_reach",
    "person_in_reach",
    "person_record",
    "posts_of",
    "team_in_reach",
    "teams",
    "teams_within",
    "was_away",
]
