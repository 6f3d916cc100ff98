"""The report on one page of A4, as a file that is written down."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.oversight import printing
from app.oversight.choosing import ReportQuery
from app.oversight.pages.report import heading, status
from app.oversight.queries.reading import Reading, read
from app.web import pdf
from app.web.download import File, hand_over
from app.web.router import Answer, Router
from app.web.visit import Steps

router = Router("oversight")


@router.steps("/oversight/report", access=Requires(Permission.SEE_OVERSIGHT), makes_file=True)
def report_file(steps: Steps) -> Answer:
    query = ReportQuery.model_validate(dict(steps.posted))
    with steps.core.db.read() as session:
        reading = read(session, steps.actor, query.choice(query.place()), steps.today)
    return hand_over(steps, _file(steps, reading))


def _file(steps: Steps, reading: Reading) -> File:
    core, said = steps.core, heading(reading.part)
    values = printing.values(
        reading,
        heading=said,
        status=status(reading),
        trust=core.settings.trust_name,
        demonstration=core.demonstration,
    )
    return File(
        kind="oversight report",
        about=f"{said}, as at {values['as_at_day']}"[:300],
        name=printing.file_name(reading),
        media_type=pdf.MEDIA_TYPE,
        content=pdf.made_pdf(printing.TEMPLATE, values, steps.now),
        rows=len(reading.report.levels) + len(values["panels"]),
    )
