"""The addresses of the capability room."""

from app.capability.routes import cells, deciding, downloads, keeping, mine, month, pyramid, teams

routers = (
    mine.router,
    pyramid.router,
    teams.router,
    cells.router,
    month.router,
    deciding.router,
    keeping.router,
    downloads.router,
)
