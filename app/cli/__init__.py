"""qi …: the command line. Each command works on the migrated, empty database too; deeds act as the named system."""

import typer

from app.cli import authoring, charts, courses, demo, learning, people, preview, reports, server, staff

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Grows people who can improve care. Settings are QI_* variables: docs/settings.md",
)
app.command()(server.start)
app.command()(server.serve)
app.command()(server.worker)
app.command()(server.migrate)
app.command()(demo.demo)
app.command()(reports.matrix)
courses.app.command()(authoring.new)
courses.app.command()(preview.preview)
courses.app.command()(authoring.export)
courses.app.command(name="import")(authoring.import_)
people.people.command(name="import")(staff.import_)
app.add_typer(charts.app, name="charts")
app.add_typer(courses.app, name="courses")
app.add_typer(learning.learning, name="learning")
app.add_typer(people.admin, name="admin")
app.add_typer(people.people, name="people")
app.add_typer(reports.evidence, name="evidence")
