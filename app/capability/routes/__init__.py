"""The addresses of the capability room."""

from app.capability.routes import cells, deciding, downloads, keeping, mine, month, pyramid, rules, teams

routers = (
    mine.router,
    pyramid.router,
    rules.router,
    teams.router,
    cells.router,
    month.router,
    deciding.router,
    keeping.router,
    downloads.router,
)
