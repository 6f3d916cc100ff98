"""Reports, the lists behind them, and their files."""

from app.oversight.routes import looking, printed

routers = (looking.router, printed.router)
