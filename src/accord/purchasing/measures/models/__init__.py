"""Individual measures, the mandates given for them, and what their providers send in."""

from accord.purchasing.measures.models.following import Attendance, Delivery, Report
from accord.purchasing.measures.models.granting import (
    DecisionCounter,
    IndividualMeasure,
    Interruption,
    OfficeCode,
)
from accord.purchasing.measures.models.mail import PoliteReply, RefusedMail
from accord.purchasing.measures.models.mandates import (
    GoalAgreement,
    Mandate,
    MandatePosition,
    Objective,
    ReportTerms,
)

__all__ = [
    "Attendance",
    "DecisionCounter",
    "Delivery",
    "GoalAgreement",
    "IndividualMeasure",
    "Interruption",
    "Mandate",
    "MandatePosition",
    "Objective",
    "OfficeCode",
    "PoliteReply",
    "RefusedMail",
    "Report",
    "ReportTerms",
]
