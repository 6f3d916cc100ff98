"""Who has their main post in a team on a day, and what is asked of a person: indexes that hold all a count asks for"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

POSTS = ["team_id", "is_primary", "starts_on", "ends_on", "person_id", "staff_group", "band"]
NEEDS = ["person_id", "tier", "superseded_at", "decided_at", "need", "due"]


def upgrade() -> None:
    op.drop_index("ix_employment_team_dates", "employment")
    op.create_index("ix_employment_in_team", "employment", POSTS)
    op.drop_index("ix_requirement_person_id", "requirement")
    op.create_index("ix_requirement_in_time", "requirement", NEEDS)


def downgrade() -> None:
    op.drop_index("ix_requirement_in_time", "requirement")
    op.create_index("ix_requirement_person_id", "requirement", ["person_id"])
    op.drop_index("ix_employment_in_team", "employment")
    op.create_index("ix_employment_team_dates", "employment", ["team_id", "starts_on", "ends_on"])
