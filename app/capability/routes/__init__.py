"""The addresses of the capability room."""

from app.capability.routes import deciding, downloads, mine, pyramid, teams

routers = (mine.router, pyramid.router, teams.router, deciding.router, downloads.router)
