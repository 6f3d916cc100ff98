"""The trust's shape: directorates, teams, and posts in the proportions of a real trust of this kind."""

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

PEOPLE = 600

WARD, COMMUNITY, THERAPY, CLINIC, OFFICE, SITE = "ward", "community", "therapy", "clinic", "office", "site"

DIRECTORATES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Adult inpatient services",
        (("Larch ward", WARD), ("Rowan ward", WARD), ("Hazel ward", WARD), ("Crisis house", WARD), ("Bed hub", OFFICE)),
    ),
    (
        "Community mental health",
        (
            ("Northmoor community team", COMMUNITY),
            ("Vale community team", COMMUNITY),
            ("Talking therapies", THERAPY),
            ("Early intervention", COMMUNITY),
            ("Home treatment team", COMMUNITY),
        ),
    ),
    (
        "Forensic services",
        (("Heron ward", WARD), ("Kestrel ward", WARD), ("Court liaison", CLINIC), ("Forensic outreach", COMMUNITY)),
    ),
    (
        "Children and young people",
        (
            ("Young people's clinic, Northmoor", CLINIC),
            ("Young people's clinic, Vale", CLINIC),
            ("School nursing", COMMUNITY),
            ("Children's therapies", THERAPY),
        ),
    ),
    (
        "Older people's services",
        (("Willow ward", WARD), ("Memory clinic", CLINIC), ("Care home liaison", COMMUNITY), ("Falls clinic", THERAPY)),
    ),
    (
        "Community health services",
        (
            ("District nursing, east", COMMUNITY),
            ("District nursing, west", COMMUNITY),
            ("Podiatry", THERAPY),
            ("Wheelchair service", CLINIC),
            ("Heart and lung rehabilitation", THERAPY),
            ("Wound clinic", CLINIC),
        ),
    ),
    (
        "Medicines and diagnostics",
        (("Pharmacy", THERAPY), ("Phlebotomy and laboratory", CLINIC), ("Physical health clinic", CLINIC)),
    ),
    (
        "Corporate and estates",
        (
            ("Trust board", OFFICE),
            ("People and development", OFFICE),
            ("Quality improvement team", OFFICE),
            ("Finance and contracts", OFFICE),
            ("Digital and records", OFFICE),
            ("Estates and facilities", SITE),
        ),
    ),
)


# Where teams of these directorates work; the others go where they are needed.
SITES = {
    "Adult inpatient services": "Northmoor Hospital",
    "Forensic services": "Heron House",
    "Older people's services": "Northmoor Hospital",
    "Medicines and diagnostics": "Northmoor Hospital",
    "Corporate and estates": "Vale House",
}


@dataclass(frozen=True, slots=True)
class Post:
    staff_group: str
    job_role: str
    band: str


_NURSE = "Nursing and Midwifery Registered"
_SUPPORT = "Additional Clinical Services"
_AHP = "Allied Health Professionals"
_SCIENCE = "Additional Professional Scientific and Technical"
_OFFICE = "Administrative and Clerical"

# For each group of the workforce figures: where its people work (weights), and the posts they hold (weights).
_GROUPS: dict[str, tuple[dict[str, int], tuple[tuple[Post, int], ...]]] = {
    "Nurses & health visitors": (
        {WARD: 6, COMMUNITY: 6, CLINIC: 2},
        (
            (Post(_NURSE, "Staff nurse", "5"), 50),
            (Post(_NURSE, "Community nurse", "6"), 28),
            (Post(_NURSE, "Ward or team manager", "7"), 14),
            (Post(_NURSE, "Matron", "8a"), 5),
        ),
    ),
    "Support to doctors, nurses & midwives": (
        {WARD: 6, COMMUNITY: 3, CLINIC: 2},
        (
            (Post(_SUPPORT, "Healthcare assistant", "3"), 60),
            (Post(_SUPPORT, "Support worker", "4"), 22),
            (Post(_OFFICE, "Ward or clinic administrator", "3"), 18),
        ),
    ),
    "Scientific, therapeutic & technical staff": (
        {THERAPY: 7, COMMUNITY: 2, CLINIC: 2, WARD: 1},
        (
            (Post(_AHP, "Occupational therapist", "6"), 28),
            (Post(_AHP, "Physiotherapist", "6"), 18),
            (Post(_SCIENCE, "Psychologist", "8a"), 20),
            (Post(_SCIENCE, "Pharmacist", "7"), 12),
            (Post(_SCIENCE, "Social worker", "6"), 14),
            (Post("Healthcare Scientists", "Biomedical scientist", "6"), 8),
        ),
    ),
    "HCHS doctors": (
        {WARD: 3, COMMUNITY: 3, CLINIC: 2},
        (
            (Post("Medical and Dental", "Consultant psychiatrist", "Consultant"), 40),
            (Post("Medical and Dental", "Specialty doctor", "Staff Grade"), 18),
            (Post("Medical and Dental", "Doctor in training", "ST5"), 26),
            (Post("Medical and Dental", "Foundation doctor", "F2"), 16),
        ),
    ),
    "Support to ST&T staff": (
        {THERAPY: 5, CLINIC: 2},
        ((Post(_SUPPORT, "Therapy assistant", "3"), 60), (Post(_SUPPORT, "Pharmacy technician", "4"), 40)),
    ),
    "Central functions": (
        {OFFICE: 1},
        ((Post(_OFFICE, "Administrator", "4"), 60), (Post(_OFFICE, "Analyst", "6"), 40)),
    ),
    "Managers": ({OFFICE: 2, WARD: 1, COMMUNITY: 1}, ((Post(_OFFICE, "Service manager", "8a"), 100),)),
    "Senior managers": (
        {OFFICE: 3, COMMUNITY: 1},
        ((Post(_OFFICE, "General manager", "8c"), 70), (Post(_OFFICE, "Director", "VSM"), 30)),
    ),
    "Hotel, property & estates": (
        {SITE: 1},
        (
            (Post("Estates and Ancillary", "Housekeeper", "2"), 60),
            (Post("Estates and Ancillary", "Electrician", "4"), 40),
        ),
    ),
}


def posts(random: Random, people: int = PEOPLE) -> list[tuple[str, Post]]:
    """So many posts, each with the team it belongs to, in the proportions of the workforce figures."""
    share = _shares()
    whole = sum(share.values())
    by_kind: dict[str, list[str]] = {}
    for _directorate, teams in DIRECTORATES:
        for name, kind in teams:
            by_kind.setdefault(kind, []).append(name)
    made: list[tuple[str, Post]] = []
    for group, fte in share.items():
        where, held = _GROUPS[group]
        for _ in range(max(6, round(people * fte / whole))):
            kind = random.choices(list(where), list(where.values()))[0]
            post = random.choices([p for p, _ in held], [w for _, w in held])[0]
            made.append((random.choice(by_kind[kind]), post))
    random.shuffle(made)
    return made


def _shares() -> dict[str, float]:
    lines = (Path(__file__).parent / "proportions.csv").read_text().splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["group"]: float(row["fte"]) for row in rows}
