"""What is asked for: a period, filters, a certificate's number, a reason."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from app.evidence.commands import LONGEST_REASON, WithdrawCertificate
from app.evidence.queries import Filters
from app.evidence.rules import NOWHERE, Period, Preset, Total, Where, period_for, wrong_period
from app.organisation.rules import STAFF_GROUPS
from app.web.form import Form, Invalid, MaybeDay, Posted

Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
Maybe = BeforeValidator(lambda text: text or None)
MaybeId = Annotated[Id | None, Maybe]
LONGEST_CODE = 60
LONGEST_TIER = 60
MOST_PAGES = 10_000


class PeriodForm(Form):
    """A usual period, or dates of one's own."""

    messages: ClassVar = {
        "period": "Choose a period",
        "starts": "The first day must be a date such as 1 April 2026",
        "ends": "The last day must be a date such as 31 March 2027",
    }
    period: Preset = Preset.YEAR
    starts: MaybeDay = None
    ends: MaybeDay = None

    def chosen(self, posted: Posted, today: date) -> Period | Invalid:
        """The period, or what is wrong with the dates."""
        if self.period is Preset.DATES:
            errors = wrong_period(self.starts, self.ends, today)
            if errors or self.starts is None or self.ends is None:
                return Invalid(dict(posted), errors)
            return Period(self.starts, self.ends)
        if self.starts or self.ends:
            return Invalid(dict(posted), {"period": "To use the dates you entered, choose Dates of my own"})
        return period_for(self.period, today)


def asked_period(posted: Posted, today: date) -> Period | Invalid:
    form = PeriodForm.parse(posted)
    return form if isinstance(form, Invalid) else form.chosen(posted, today)


class FiltersForm(PeriodForm):
    """Which part of the trust's evidence; `show` and `page` say which list is open and how far."""

    where: Where = Where.THEN
    directorate: Annotated[Id | Literal["none"] | None, Maybe] = None
    team: MaybeId = None
    staff_group: str = Field(default="", max_length=80)
    tier: str = Field(default="", max_length=LONGEST_TIER)
    show: Total | Literal[""] = ""
    page: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 1
    messages: ClassVar = {
        **PeriodForm.messages,
        "where": "Choose where people are counted",
        "directorate": "Choose a directorate",
        "team": "Choose a team",
        "staff_group": "Choose a staff group",
        "tier": "Choose a level",
    }

    def filters(self, posted: Posted, today: date) -> Filters | Invalid:
        period = self.chosen(posted, today)
        if isinstance(period, Invalid):
            return period
        if self.staff_group and self.staff_group not in STAFF_GROUPS:
            return Invalid(dict(posted), {"staff_group": "Choose a staff group"})
        return Filters(
            period=period,
            where=self.where,
            directorate_id=self.directorate if isinstance(self.directorate, int) else None,
            nowhere=self.directorate == NOWHERE,
            team_id=self.team,
            staff_group=self.staff_group,
            tier=self.tier,
        )


class CheckForm(Form):
    labels: ClassVar = {"code": "the number of the certificate"}
    messages: ClassVar = {"code": "Enter the number of the certificate, such as ACDE-FGHJ-KMNP"}
    code: str = Field(min_length=1, max_length=LONGEST_CODE)


class WithdrawForm(Form):
    labels: ClassVar = {"reason": "why the certificate is withdrawn"}
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)
    level_too: bool = False

    def command(self, certificate_id: int) -> WithdrawCertificate:
        return WithdrawCertificate(certificate_id=certificate_id, reason=self.reason, level_too=self.level_too)
