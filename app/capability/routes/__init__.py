"""The addresses of the capability room."""

from app.capability.routes import deciding, downloads, mine, month, pyramid, teams

routers = (mine.router, pyramid.router, teams.router, month.router, deciding.router, downloads.router)
