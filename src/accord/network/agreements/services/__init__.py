"""Verbs of conventions: draft, negotiate, approve, sign, renew, end."""

from accord.network.agreements.services.drafting import (
    adopt_framework,
    draft_agreement,
    propose_version,
    renew_agreement,
)
from accord.network.agreements.services.ending import (
    terminate_agreement,
    turn_agreements,
    warn_of_end,
)
from accord.network.agreements.services.locking import lock_agreement
from accord.network.agreements.services.moving import (
    abandon_agreement,
    approve_agreement,
    ask_for_signatures,
    reopen_negotiation,
    send_for_negotiation,
)
from accord.network.agreements.services.prolonging import propose_prolongation, sign_prolongation
from accord.network.agreements.services.signing import sign_agreement
from accord.network.agreements.services.telling import keep_dependants, tell_parties

__all__ = [
    "abandon_agreement",
    "adopt_framework",
    "approve_agreement",
    "ask_for_signatures",
    "draft_agreement",
    "keep_dependants",
    "lock_agreement",
    "propose_prolongation",
    "propose_version",
    "renew_agreement",
    "reopen_negotiation",
    "send_for_negotiation",
    "sign_agreement",
    "sign_prolongation",
    "tell_parties",
    "terminate_agreement",
    "turn_agreements",
    "warn_of_end",
]
