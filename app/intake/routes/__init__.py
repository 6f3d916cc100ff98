"""Addresses of the staff record and of past learning."""

from app.intake.routes import past

routers = (past.router,)
