"""The addresses of ratings."""

from app.ratings.routes import agreement, counts, mine, people, skills, teams

routers = (mine.router, teams.router, skills.router, people.router, counts.router, agreement.router)
