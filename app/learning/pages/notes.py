"""A box to write in: who reads it, when it was saved, and both versions when two windows changed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.access.actor import Actor
from app.curriculum.views import ActivityView
from app.kernel.clock import london_date
from app.learning.pages.place import Place, saved_words
from app.learning.queries import NoteRow, OnCourse
from app.learning.wording import is_partner, not_yet_words
from app.web.page import FieldError, Page, errors_of
from app.web.words import day


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage(Page):
    template: ClassVar[str] = "learning/note.html"
    who_sees: ClassVar[str] = (
        "Only you see this page. If you share what you wrote, the QI team's administrators can read it, with your name."
        " When you stop sharing it, they no longer can."
    )

    place: Place
    title: str
    not_yet: str
    """Why nothing can be written yet: it is asked later."""
    prompt: str
    hint: str
    readers: str
    may_share: bool
    text: str
    version: int
    share: bool
    saved: str
    shared: str
    reply: str
    replied: str
    errors: tuple[FieldError, ...] = ()

    @classmethod
    def of(
        cls,
        course: OnCourse,
        activity: ActivityView,
        note: NoteRow,
        actor: Actor,
        today: date,
        *,
        values: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> "NotePage":
        """`values` are what was posted and could not be saved, shown again as it was typed."""
        page = PartnerNotePage if is_partner(actor) else cls
        posted = values or {}
        return page(
            place=Place.of(course, activity, actor),
            title=activity.title,
            not_yet=not_yet_words(activity, course, today),
            prompt=activity.prompt,
            hint=activity.hint,
            readers=activity.readers,
            may_share=activity.may_share,
            text=posted.get("text", note.text),
            version=note.version,
            share=posted.get("share", "yes" if note.shared else "no") == "yes",
            saved="Not saved yet" if errors else saved_words(note, today),
            shared=f"You shared it on {day(london_date(note.shared_at))}." if note.shared_at else "",
            reply=note.reply,
            replied=f"Answered {day(london_date(note.replied_at))}" if note.replied_at else "",
            errors=errors_of(errors or {}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerNotePage(NotePage):
    who_sees: ClassVar[str] = (
        "Only you see this page. If you share what you wrote, the few people here who look after this course for you "
        "and the QI team's administrators can read it, with the name you chose. When you stop sharing it, they no "
        "longer can."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoNotesPage(Page):
    """The same note was changed in two windows: both stand here, and neither is lost."""

    template: ClassVar[str] = "learning/two_notes.html"
    who_sees: ClassVar[str] = NotePage.who_sees

    place: Place
    title: str
    typed: str
    saved_text: str
    saved: str
    both: str
    version: int
    share: bool

    @classmethod
    def of(
        cls,
        course: OnCourse,
        activity: ActivityView,
        note: NoteRow,
        actor: Actor,
        today: date,
        posted: Mapping[str, str],
    ) -> "TwoNotesPage":
        page = PartnerTwoNotesPage if is_partner(actor) else cls
        typed = posted.get("text", "").strip()
        return page(
            place=Place.of(course, activity, actor),
            title=activity.title,
            typed=typed,
            saved_text=note.text,
            saved=saved_words(note, today),
            both=f"{note.text}\n\n{typed}".strip(),
            version=note.version,
            share=posted.get("share") == "yes",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerTwoNotesPage(TwoNotesPage):
    who_sees: ClassVar[str] = PartnerNotePage.who_sees
