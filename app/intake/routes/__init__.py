"""Addresses of the staff record."""

from app.intake.routes import files, mending, records

routers = (records.router, files.router, mending.router)
