"""The addresses of learning from elsewhere."""

from app.recognition.routes import advised, advising, advisors, deciding, desk, own, ruling

routers = (own.router, desk.router, deciding.router, ruling.router, advisors.router, advising.router, advised.router)
