"""Verbs of measures, mandates, and of the provider's space."""

from accord.purchasing.measures.services.attending import BadFile, import_presence, write_presence
from accord.purchasing.measures.services.delivering import (
    hand_in_contract,
    hand_in_document,
    handle_delivery,
)
from accord.purchasing.measures.services.mailing import count_refusal, take_turn_to_reply
from accord.purchasing.measures.services.mandating import MandateWords, agree_goals, give_mandate
from accord.purchasing.measures.services.moving import (
    evaluate_measure,
    interrupt_measure,
    move_on,
    resume_measure,
    stop_measure,
    withdraw_measure,
)
from accord.purchasing.measures.services.numbering import next_decision_number, next_receipt, set_office_code
from accord.purchasing.measures.services.printing import print_grant, print_receipt
from accord.purchasing.measures.services.proposing import (
    MeasureWords,
    propose_measure,
    refuse_measure,
    validate_measure,
)
from accord.purchasing.measures.services.reading import read_delivery, read_mandate, read_report
from accord.purchasing.measures.services.reporting import (
    ReportWords,
    accept_report,
    ask_back,
    begin_extra_report,
    remind_of_reports,
    send_report,
    set_report_terms,
)

__all__ = [
    "BadFile",
    "MandateWords",
    "MeasureWords",
    "ReportWords",
    "accept_report",
    "agree_goals",
    "ask_back",
    "begin_extra_report",
    "count_refusal",
    "evaluate_measure",
    "give_mandate",
    "hand_in_contract",
    "hand_in_document",
    "handle_delivery",
    "import_presence",
    "interrupt_measure",
    "move_on",
    "next_decision_number",
    "next_receipt",
    "print_grant",
    "print_receipt",
    "propose_measure",
    "read_delivery",
    "read_mandate",
    "read_report",
    "refuse_measure",
    "remind_of_reports",
    "resume_measure",
    "send_report",
    "set_office_code",
    "set_report_terms",
    "stop_measure",
    "take_turn_to_reply",
    "validate_measure",
    "withdraw_measure",
    "write_presence",
]
