"""The addresses of sign-off."""

from app.signing.routes import asking, deciding

routers = (deciding.router, asking.router)
