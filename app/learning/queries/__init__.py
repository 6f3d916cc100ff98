"""Who is on which course and how far, what they did and keep, and which levels they hold."""

from app.learning.queries.coaches import CoachRow, coaches
from app.learning.queries.contacts import Contact, own_contact
from app.learning.queries.editions import (
    EditionCount,
    LastMove,
    Outlook,
    as_it_was,
    editions_of,
    every_edition,
    last_move,
    outlook,
)
from app.learning.queries.enrolments import (
    EnrolmentRow,
    done,
    done_in,
    enrolments_of,
    latest_enrolment,
    open_enrolment,
    own_enrolment,
)
from app.learning.queries.follow_ups import FollowUp, asking_later, follow_ups
from app.learning.queries.holdings import Histories, histories, holdings, own_level, own_levels
from app.learning.queries.judged import JudgedBy, judged
from app.learning.queries.next_step import TO_DO, NextStep, headings, module_to_do, next_step
from app.learning.queries.notes import IdeaRow, NoteRow, own_note, partner_ideas, staff_ideas
from app.learning.queries.on_course import OnCourse, completed_course, courses_for, joined, on_course
from app.learning.queries.progress import Progress, left_in, progress
from app.learning.queries.standing import Standing, standing
from app.learning.queries.taught import (
    Taught,
    handout,
    plan,
    slides,
    taught,
    teachable,
    teaching,
    teaching_notes,
    teaching_session,
)
from app.learning.queries.transcript import OutcomeRow, transcript
from app.learning.rules import Holding

__all__ = [
    "TO_DO",
    "CoachRow",
    "Contact",
    "EditionCount",
    "EnrolmentRow",
    "FollowUp",
    "Histories",
    "Holding",
    "IdeaRow",
    "JudgedBy",
    "LastMove",
    "NextStep",
    "NoteRow",
    "OnCourse",
    "OutcomeRow",
    "Outlook",
    "Progress",
    "Standing",
    "Taught",
    "as_it_was",
    "asking_later",
    "coaches",
    "completed_course",
    "courses_for",
    "done",
    "done_in",
    "editions_of",
    "enrolments_of",
    "every_edition",
    "follow_ups",
    "handout",
    "headings",
    "histories",
    "holdings",
    "joined",
    "judged",
    "last_move",
    "latest_enrolment",
    "left_in",
    "module_to_do",
    "next_step",
    "on_course",
    "open_enrolment",
    "outlook",
    "own_contact",
    "own_enrolment",
    "own_level",
    "own_levels",
    "own_note",
    "partner_ideas",
    "plan",
    "progress",
    "slides",
    "staff_ideas",
    "standing",
    "taught",
    "teachable",
    "teaching",
    "teaching_notes",
    "teaching_session",
    "transcript",
]
