"""The three voices side by side: each with who said it and when, the newest first, and what was said before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.curriculum.framework import CompetencyView
from app.kernel.clock import london_date
from app.learning.life_wording import explained
from app.learning.rules import OutcomeSource
from app.ratings.queries import NoteRow, RatingRow, Record, Voices
from app.ratings.rules import OVERALL, Voice
from app.ratings.wording import NOT_SAID, said_words
from app.web.words import day, minutes, moment, plural

SHOWN = {
    OutcomeSource.SIGNED_OFF: "Signed off",
    OutcomeSource.MARKED: "Marked, and passed",
    OutcomeSource.ASSESSMENT: "Assessment passed",
}
MOST_SHOWN = 3
NO_RECORD = ("Not shown to you",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one voice says of one thing, by whom and when."""

    said: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing in three voices. `record` is a list of facts."""

    about: str
    own: Heard
    lead: Heard
    record: tuple[str, ...]
    differ: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    voice: str
    about: str
    said: str
    by: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    by: str
    at: str
    words: str


def heard(row: RatingRow | None, names: Mapping[str, str], nobody: str = NOT_SAID) -> Heard:
    if row is None:
        return Heard(said=nobody, by="")
    until = f", until {day(london_date(row.superseded_at))}" if row.superseded_at else ""
    return Heard(said=said_words(row.said, names), by=f"{by(row)}{until}")


def by(row: RatingRow) -> str:
    """Teresa Hollis, 3 March 2027; or, by whom a lead asked: Ben Kim, for Teresa Hollis, 3 March 2027"""
    who = row.author if row.author_id == row.whose_id else f"{row.author}, for {row.whose}"
    return f"{who}, {day(london_date(row.rated_at))}"


def overall(voices: Voices, record: Record | None, names: Mapping[str, str], unshared: str = NOT_SAID) -> Line:
    return Line(
        about="As a whole",
        own=heard(voices.newest(Voice.OWN), names, unshared),
        lead=heard(voices.newest(Voice.LEAD), names),
        record=_record_words(record) if record else NO_RECORD,
        differ=voices.differ(),
    )


def by_competency(
    voices: Voices, record: Record | None, competencies: Sequence[CompetencyView], names: Mapping[str, str]
) -> tuple[Line, ...]:
    """Those of which anybody said anything, or the record shows something. Who may not see the record gets None."""
    rated = {row.about for row in voices.rows}
    return tuple(
        Line(
            about=one.title,
            own=heard(voices.newest(Voice.OWN, one.key), names),
            lead=heard(voices.newest(Voice.LEAD, one.key), names),
            record=_shown_words(record, one.key) if record else NO_RECORD,
            differ=voices.differ(one.key),
        )
        for one in competencies
        if one.key in rated or (record and (one.key in record.shown or one.key in record.answers))
    )


def earlier(voices: Voices, competencies: Sequence[CompetencyView], names: Mapping[str, str]) -> tuple[Earlier, ...]:
    """Everything but what stands side by side: superseded, or said by somebody else before."""
    titles = {one.key: one.title for one in competencies} | {OVERALL: "As a whole"}
    newest = {voices.newest(row.voice, row.about) for row in voices.rows}
    return tuple(
        Earlier(
            voice="My view" if row.voice is Voice.OWN else "Lead’s view",
            about=titles.get(row.about, row.about),
            said=said_words(row.said, names),
            by=by(row),
            until=moment(row.superseded_at) or "still said",
        )
        for row in voices.rows
        if row not in newest
    )


def written(notes: Sequence[NoteRow]) -> tuple[Written, ...]:
    return tuple(Written(by=n.author, at=moment(n.written_at), words=n.words) for n in notes)


def _record_words(record: Record) -> tuple[str, ...]:
    said = [f"{h.title}. {explained(h.holding, record.editions, record.as_at)}" for h in record.levels]
    said += [f"{SHOWN[s]}: {count}" for s, count in record.passed.items() if count]
    if record.minutes:
        said.append(f"Time learning: {minutes(record.minutes)}, of it {minutes(record.together)} with others")
    return tuple(said) or ("Nothing yet",)


def _shown_words(record: Record, competency: str) -> tuple[str, ...]:
    shown = record.shown.get(competency, ())
    said = [f"{SHOWN[s.source]} {day(s.on)}: {s.title}, {s.course}, to level {s.level}" for s in shown[:MOST_SHOWN]]
    if len(shown) > MOST_SHOWN:
        said.append(f"and {plural(len(shown) - MOST_SHOWN, 'more')}".replace("mores", "more"))
    if competency in record.answers:
        right, of = record.answers[competency]
        said.append(f"Right in your last assessments: {right} of {plural(of, 'question')}. Only you see this")
    return tuple(said) or ("Nothing yet",)
