"""The plan of a directorate, its targets, and time to learn."""

from app.planning.routes import answers, forecast, merging, plans, targets, time

routers = (plans.router, targets.router, time.router, answers.router, forecast.router, merging.router)
