"""What a marker types: an answer and perhaps words for each point, and words on the whole."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from app.curriculum.guides import GuidePoint
from app.kernel.errors import BadInputError
from app.marking.commands.calibrating import JudgeSample
from app.marking.commands.deciding import ReleaseAll
from app.marking.commands.marking import FinishMark, SaveMark
from app.marking.queries.marks import Sheet
from app.marking.queries.queue import MOST_PAGES, Wanted
from app.web.form import Form, Invalid, Posted

MOST_VERSIONS = 2**31 - 1
LONGEST_COMMENT = 2000
LONGEST_WHOLE = 5000
INCOMPLETE = "This form is incomplete. Open the mark again."
UNKNOWN = "Choose one of the answers of this point."


class MarkProblemError(BadInputError):
    """Something that cannot be kept as it was typed. All of it is in here, to be shown again."""

    def __init__(
        self, errors: dict[str, str], marks: Mapping[str, int], comments: dict[str, str], comment: str
    ) -> None:
        super().__init__(errors)
        self.marks, self.comments, self.comment = marks, comments, comment


class MarkForm(Form):
    """The version that the page had seen. The fields of the points have their ids in their names."""

    version: int = Field(ge=0, le=MOST_VERSIONS)

    @classmethod
    def command(cls, posted: Posted, sheet: Sheet) -> SaveMark:
        """Raises MarkProblemError for what cannot be kept, BadInputError for a form that lost its version."""
        form = cls.parse(posted)
        if isinstance(form, Invalid):
            raise BadInputError({"version": INCOMPLETE})
        marks, errors = values_in(posted, sheet.points)
        comments = {p.id: text for p in sheet.points if (text := posted.get(f"comment-{p.id}", "").strip())}
        comment = posted.get("comment", "").strip()
        for point in sheet.points:
            if (said := _too_long(comments.get(point.id, ""), LONGEST_COMMENT)) is not None:
                errors[f"comment-{point.id}"] = f"{point.text}: {said}"
        if (said := _too_long(comment, LONGEST_WHOLE)) is not None:
            errors["comment"] = f"On the whole: {said}"
        if errors:
            raise MarkProblemError(errors, marks, comments, comment)
        return SaveMark(mark_id=sheet.mark_id, marks=marks, comments=comments, comment=comment, seen=form.version)


class FinishForm(Form):
    seen: int = Field(ge=0, le=MOST_VERSIONS)

    @classmethod
    def command(cls, posted: Posted, mark_id: int) -> FinishMark:
        form = cls.parse(posted)
        if isinstance(form, Invalid):
            raise BadInputError({"seen": INCOMPLETE})
        return FinishMark(mark_id=mark_id, seen=form.seen)


class SampleForm(Form):
    """A worked sample's answers: which one, and in which round."""

    number: int = Field(ge=1, le=MOST_VERSIONS)
    sample: str = Field(max_length=80)

    @classmethod
    def command(cls, posted: Posted, course: str, activity: str, points: tuple[GuidePoint, ...]) -> JudgeSample:
        form = cls.parse(posted)
        if isinstance(form, Invalid):
            raise BadInputError({"number": "This form is incomplete. Open the sample again."})
        marks, _ = values_in(posted, points)
        return JudgeSample(course=course, activity=activity, sample=form.sample, number=form.number, marks=marks)


class ReleaseForm(Form):
    """The task, and the moment of the newest decision among those that the page counted."""

    task: int = Field(ge=1, le=MOST_VERSIONS)
    until: datetime

    @classmethod
    def command(cls, posted: Posted) -> ReleaseAll:
        form = cls.parse(posted)
        if isinstance(form, Invalid) or form.until.tzinfo is None:
            raise BadInputError({"until": "This form is incomplete. Open the page again."})
        return ReleaseAll(activity_id=form.task, until=form.until)


def values_in(posted: Posted, points: tuple[GuidePoint, ...]) -> tuple[dict[str, int], dict[str, str]]:
    """The answers to these points, and what is wrong with them by field. A point may have none yet."""
    marks: dict[str, int] = {}
    errors: dict[str, str] = {}
    for point in points:
        typed = posted.get(f"value-{point.id}", "")
        value = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 1 else None
        if value in point.values:
            marks[point.id] = value
        elif typed:
            errors[f"value-{point.id}"] = f"{point.text}: {UNKNOWN[0].lower()}{UNKNOWN[1:]}"
    return marks, errors


def wanted(task: str, days: str, again: str, page: str) -> Wanted:
    """Which part of the queue an address asks for; what makes no sense asks for nothing."""
    return Wanted(
        task=task[:200],
        days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,  # noqa: PLR2004
        again=again == "1",
        page=min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 7 else 1,  # noqa: PLR2004
    )


def _too_long(text: str, most: int) -> str | None:
    return f"write at most {most:,} characters, you have {len(text):,}" if len(text) > most else None
