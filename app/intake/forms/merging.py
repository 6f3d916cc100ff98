"""What people type about records that may be one person."""

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from app.intake.commands.merging import MergePeople
from app.web.form import Form


class MergeForm(Form):
    """`stays` is the id of the record that stays."""

    labels: ClassVar = {"reason": "why these are one person"}
    messages: ClassVar = {"stays": "Choose which record stays"}
    shown_as: ClassVar = {"kept_id": "stays"}

    stays: Annotated[str, StringConstraints(pattern=r"^\d{1,9}$")]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=300)]

    def command(self, one_id: int, other_id: int) -> MergePeople:
        """The other one of the two goes."""
        gone = {one_id: other_id, other_id: one_id}.get(int(self.stays), 0)
        return MergePeople(kept_id=int(self.stays), gone_id=gone, reason=self.reason)
