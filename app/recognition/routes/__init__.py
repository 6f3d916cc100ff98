"""The addresses of learning from elsewhere."""

from app.recognition.routes import deciding, desk, own, ruling

routers = (own.router, desk.router, deciding.router, ruling.router)
