"""Addresses of the staff record and of past learning."""

from app.intake.routes import doubles, files, mending, past, records

routers = (records.router, files.router, mending.router, doubles.router, past.router)
