"""Every table of every room, in one metadata: for migrations and for tests of the house."""

from sqlmodel import SQLModel

import app.accounts.models
import app.assessment.models
import app.capability.models
import app.cohorts.models
import app.curriculum.models
import app.equality.models
import app.evidence.models
import app.intake.models
import app.kernel.audit
import app.kernel.outbox
import app.kernel.spool
import app.learning.models
import app.marking.models
import app.organisation.models
import app.oversight.models
import app.planning.models
import app.ratings.models
import app.recognition.models
import app.signing.models  # noqa: F401

metadata = SQLModel.metadata
