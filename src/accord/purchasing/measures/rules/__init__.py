"""Rules of measures: pure, each with its source."""

from accord.purchasing.measures.rules.catalogue import Catalogue, Kind, Limit, read_catalogue
from accord.purchasing.measures.rules.channels import better_channel
from accord.purchasing.measures.rules.checking import (
    KNOWN,
    PASSED,
    REFUSING,
    UNCHECKED,
    WARNING,
    Check,
    Granted,
    Proposal,
    check_all,
)
from accord.purchasing.measures.rules.counting import counted_days, participation_planned
from accord.purchasing.measures.rules.importing import BadLine, Line, read_csv
from accord.purchasing.measures.rules.mail import Mail, obstacle_of, should_reply
from accord.purchasing.measures.rules.numbers import decision_number, is_decision_number, receipt_number
from accord.purchasing.measures.rules.presence import Fault, Frame, faults_of_days, faults_of_hours
from accord.purchasing.measures.rules.reporting import Due, reports_due

__all__ = [
    "KNOWN",
    "PASSED",
    "REFUSING",
    "UNCHECKED",
    "WARNING",
    "BadLine",
    "Catalogue",
    "Check",
    "Due",
    "Fault",
    "Frame",
    "Granted",
    "Kind",
    "Limit",
    "Line",
    "Mail",
    "Proposal",
    "better_channel",
    "check_all",
    "counted_days",
    "decision_number",
    "faults_of_days",
    "faults_of_hours",
    "is_decision_number",
    "obstacle_of",
    "participation_planned",
    "read_catalogue",
    "read_csv",
    "receipt_number",
    "reports_due",
    "should_reply",
]
