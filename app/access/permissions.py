"""Who may do what: the whole of it, in one table."""

from enum import StrEnum


class Permission(StrEnum):
    """`resource:action`. Which rows it reaches is the scope of the grant that gives it."""

    LEARN = "learning:own"
    LEARN_AS_PARTNER = "learning:partner"
    SEE_OWN_NEEDS = "capability:own"
    SEE_CAPABILITY = "capability:read"
    SET_NEED = "capability:set"
    SEE_EVIDENCE = "evidence:read"
    EXPORT_EVIDENCE = "evidence:export"
    WITHDRAW_CERTIFICATE = "evidence:withdraw"
    SEE_PEOPLE = "people:read"
    MANAGE_PEOPLE = "people:manage"
    INVITE = "accounts:invite"
    GRANT_ROLES = "accounts:grant"
    SEE_AUDIT = "audit:read"
    MANAGE_PARTNERS = "partners:manage"
    SEE_IDEAS = "ideas:read"
    SEE_OUTBOX = "outbox:read"
    AUTHOR = "courses:author"
    TEACH = "courses:teach"
    MARK = "marking:mark"
    MODERATE = "marking:moderate"
    ADJUST = "assessment:adjust"
    RECOGNISE = "recognition:assess"
    PLAN_COHORTS = "cohorts:plan"
    SET_TARGETS = "planning:targets"
    RATE = "ratings:rate"
    SEE_RATING_COUNTS = "ratings:counts"
    AGREE_RATINGS = "ratings:agree"
    SEE_OVERSIGHT = "oversight:read"
    SEE_TRUST = "oversight:trust"
    BRING_EQUALITY = "equality:bring"


class Role(StrEnum):
    """STAFF and PARTNER come with the kind of person; the others are granted, with a scope and dates."""

    STAFF = "staff"
    PARTNER = "partner"
    LEAD = "lead"
    HR = "hr"
    INVOLVEMENT = "involvement"
    MARKER = "marker"
    FACILITATOR = "facilitator"
    BOARD = "board"
    QI_ADMIN = "qi_admin"


_STAFF = {Permission.LEARN, Permission.SEE_OWN_NEEDS}
_LEAD = {
    Permission.SEE_CAPABILITY,
    Permission.SET_NEED,
    Permission.SEE_RATING_COUNTS,
    Permission.SEE_OVERSIGHT,
}
_HR = {
    Permission.SEE_EVIDENCE,
    Permission.EXPORT_EVIDENCE,
    Permission.SEE_PEOPLE,
    Permission.MANAGE_PEOPLE,
    Permission.SEE_RATING_COUNTS,
}
_INVOLVEMENT = {Permission.MANAGE_PARTNERS}
_BOARD = {Permission.SEE_OVERSIGHT, Permission.SEE_TRUST, Permission.SEE_RATING_COUNTS}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.STAFF: frozenset(_STAFF),
    Role.PARTNER: frozenset({Permission.LEARN_AS_PARTNER}),
    # Whoever leads people rates them. The QI team has all else that leads have, and sees nobody's ratings.
    Role.LEAD: frozenset(_LEAD | {Permission.RATE}),
    # HR alone brings what is said of people's protected characteristics: not even the QI team does.
    Role.HR: frozenset(_HR | {Permission.BRING_EQUALITY}),
    Role.INVOLVEMENT: frozenset(_INVOLVEMENT),
    Role.MARKER: frozenset({Permission.MARK}),
    Role.FACILITATOR: frozenset({Permission.TEACH}),
    Role.BOARD: frozenset(_BOARD),
    Role.QI_ADMIN: frozenset(
        _LEAD
        | _HR
        | _INVOLVEMENT
        | _BOARD
        | {
            Permission.INVITE,
            Permission.WITHDRAW_CERTIFICATE,
            Permission.GRANT_ROLES,
            Permission.SEE_AUDIT,
            Permission.SEE_IDEAS,
            Permission.SEE_OUTBOX,
            Permission.AUTHOR,
            Permission.TEACH,
            Permission.MARK,
            Permission.MODERATE,
            Permission.ADJUST,
            Permission.RECOGNISE,
            Permission.PLAN_COHORTS,
            Permission.SET_TARGETS,
            Permission.AGREE_RATINGS,
        }
    ),
}

# Whoever gives a role holds as much themselves, with two exceptions: rating comes with leading people, and protected
# characteristics with HR. The QI team, which appoints both, does neither.
OF_THE_ROLE_ALONE = frozenset({Permission.RATE, Permission.BRING_EQUALITY})


def needed_to_give(role: Role) -> frozenset[Permission]:
    """What somebody must hold, in the same place, to give or end a role."""
    return (ROLE_PERMISSIONS[role] - OF_THE_ROLE_ALONE) | {Permission.GRANT_ROLES}


ROLE_NAMES: dict[Role, str] = {
    Role.STAFF: "Member of staff",
    Role.PARTNER: "Patient partner",
    Role.LEAD: "Directorate lead",
    Role.HR: "HR",
    Role.INVOLVEMENT: "Involvement worker",
    Role.MARKER: "Marker",
    Role.FACILITATOR: "Facilitator",
    Role.BOARD: "Board member",
    Role.QI_ADMIN: "QI team administrator",
}

# An involvement worker's list of partners, the markers' queue, packs for teaching, what a board reads and the
# administrator's log make sense for the whole trust only: whoever marks does not know whose work it is.
TRUST_WIDE_ONLY = frozenset({Role.INVOLVEMENT, Role.MARKER, Role.FACILITATOR, Role.BOARD, Role.QI_ADMIN})
GRANTED = tuple(role for role in Role if role not in {Role.STAFF, Role.PARTNER})
