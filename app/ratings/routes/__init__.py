"""The addresses of ratings."""

from app.ratings.routes import agreement, counts, mine, people, teams

routers = (mine.router, teams.router, people.router, counts.router, agreement.router)
