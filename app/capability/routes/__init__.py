"""The addresses of the capability room."""

from app.capability.routes import deciding, downloads, mine, teams

routers = (mine.router, teams.router, deciding.router, downloads.router)
