"""The preview of a list as a file: a line for each row, whatever becomes of it."""

from app.intake.importing_past import PastPreview
from app.web import csv
from app.web.download import File

HEADER = (
    "What",
    "Row",
    "Employee number",
    "Name",
    "Course",
    "Completed on",
    "Minutes",
    "Column",
    "What happens, or why",
)


def preview_file(shown: PastPreview) -> File:
    plan = shown.plan
    rows: list[tuple[csv.Value, ...]] = [
        (x.kind.value, x.row, x.number, x.name, x.course, x.on, x.minutes, "", x.says) for x in plan.lines
    ]
    for what, those in (("unchanged", plan.unchanged), ("left out", plan.left_out)):
        rows += [(what, one.row, one.number, "", one.course, None, None, "", one.why) for one in those]
    rows += [("error", p.row, p.number, "", "", None, None, p.column, p.reason) for p in plan.problems]
    rows.sort(key=lambda row: (row[1], str(row[7])))
    return File(
        kind="past learning",
        about=f"Preview of {shown.file.name}"[:300],
        name="past-learning-preview.csv",
        media_type=csv.MEDIA_TYPE,
        content=csv.csv_bytes(HEADER, rows),
        rows=len(rows),
    )
