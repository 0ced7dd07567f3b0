"""Verbs of providers: become one, be examined, be visited, agree on prices."""

from accord.purchasing.providers.services.deciding import ask_question, decide_offer, propose_decision
from accord.purchasing.providers.services.guidance import publish_guidance
from accord.purchasing.providers.services.links import ask_for_link, open_link, send_link
from accord.purchasing.providers.services.offering import (
    answer_question,
    join_piece,
    remove_piece,
    save_offer,
    submit_offer,
)
from accord.purchasing.providers.services.providing import (
    change_provider,
    invite_member,
    readmit_provider,
    suspend_provider,
)
from accord.purchasing.providers.services.quality import (
    record_certificate,
    record_visit,
    remind_of_findings,
    settle_finding,
    warn_of_certificates,
)
from accord.purchasing.providers.services.tariffs import (
    agree_price,
    counter_price,
    propose_price,
    withdraw_price,
)

__all__ = [
    "agree_price",
    "answer_question",
    "ask_for_link",
    "ask_question",
    "change_provider",
    "counter_price",
    "decide_offer",
    "invite_member",
    "join_piece",
    "open_link",
    "propose_decision",
    "propose_price",
    "publish_guidance",
    "readmit_provider",
    "record_certificate",
    "record_visit",
    "remind_of_findings",
    "remove_piece",
    "save_offer",
    "send_link",
    "settle_finding",
    "submit_offer",
    "suspend_provider",
    "warn_of_certificates",
    "withdraw_price",
]
