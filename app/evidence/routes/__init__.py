"""Addresses of evidence, by what they are about."""

from app.evidence.routes import certificates, checking, looking, records, trust

routers = (certificates.router, checking.router, records.router, looking.router, trust.router)
