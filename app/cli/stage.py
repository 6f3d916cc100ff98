"""The demonstration's own contacts, so that its pages name somebody: only where the trust has set nothing."""

import os

from app.cli.console import settings
from app.demonstration.parts import EMAIL_DOMAIN
from app.kernel.config import Settings

# 01632 960 000 to 960 999 are kept by Ofcom for drama.
CONTACTS = {
    "QI_QI_CONTACT": "Marco Adler",
    "QI_QI_CONTACT_EMAIL": f"m.adler@{EMAIL_DOMAIN}",
    "QI_QI_CONTACT_PHONE": "extension 4417",
    "QI_PARTNER_CONTACT": "Ruth Okafor",
    "QI_PARTNER_CONTACT_PHONE": "01632 960 114",
    "QI_PARTNER_CONTACT_HOURS": "Monday to Thursday, 10 to 4",
    "QI_PALS": "the patient advice and liaison service, 01632 960 120",
    "QI_ADVOCACY": "Vale Advocacy, an independent charity, 01632 960 131",
}


def set_stage() -> Settings:
    """Name the demonstration's contacts for this process and those it starts. Returns the settings that follow."""
    for name, value in CONTACTS.items():
        os.environ.setdefault(name, value)
    return settings()
