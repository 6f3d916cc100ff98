"""Addresses about the staff record."""

from app.intake.routes import doubles

routers = (doubles.router,)
