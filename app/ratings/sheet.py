"""Everything that was ever said of a person, as a file for that person."""

from collections.abc import Mapping, Sequence

from app.curriculum.framework import CompetencyView
from app.kernel.clock import london_time
from app.ratings.queries import NoteRow, Voices
from app.ratings.rules import DEVELOPMENT_ONLY, OVERALL, Voice
from app.ratings.wording import said_words
from app.web.csv import Value, csv_bytes

HEADER = ("What", "About", "Answer or words", "Written by", "Lead’s view of", "At", "Until")


def content(
    voices: Voices, notes: Sequence[NoteRow], competencies: Sequence[CompetencyView], names: Mapping[str, str]
) -> tuple[bytes, int]:
    """The file, and how many rows it has. Times are London's, to the minute."""
    titles = {one.key: one.title for one in competencies} | {OVERALL: "As a whole"}
    rows: list[Sequence[Value]] = []
    for row in voices.rows:
        own = row.voice is Voice.OWN
        until = f"{london_time(row.superseded_at):%Y-%m-%d %H:%M}" if row.superseded_at else ""
        about, at = titles.get(row.about, row.about), f"{london_time(row.rated_at):%Y-%m-%d %H:%M}"
        what, whose = ("My view", "") if own else ("Lead’s view", row.whose)
        rows.append((what, about, said_words(row.said, names), row.author, whose, at, until))
        if row.reflection:
            rows.append(("What I think of it", about, row.reflection, row.author, "", at, until))
    for note in notes:
        at = f"{london_time(note.written_at):%Y-%m-%d %H:%M}"
        rows.append(("We see this differently", "", note.words, note.author, "", at, ""))
    return csv_bytes(HEADER, [*rows, (DEVELOPMENT_ONLY,)]), len(rows)
