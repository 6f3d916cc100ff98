"""The addresses of the capability room."""

from app.capability.routes import deciding, downloads, mine, month, pyramid, rules, teams

routers = (mine.router, pyramid.router, rules.router, teams.router, month.router, deciding.router, downloads.router)
