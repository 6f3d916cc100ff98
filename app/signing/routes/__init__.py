"""The addresses of sign-off."""

from app.signing.routes import asking, deciding, practice

routers = (deciding.router, practice.router, asking.router)
