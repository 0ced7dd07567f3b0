"""Screens of conventions."""

from accord.network.agreements.views.drafting import adopt, draft, write
from accord.network.agreements.views.ending import renew, terminate
from accord.network.agreements.views.listing import agreement_list, renewals
from accord.network.agreements.views.moving import state
from accord.network.agreements.views.showing import annex, evidence, show, versions
from accord.network.agreements.views.signing import endorse, sign_paper, sign_screen

__all__ = [
    "adopt",
    "agreement_list",
    "annex",
    "draft",
    "endorse",
    "evidence",
    "renew",
    "renewals",
    "show",
    "sign_paper",
    "sign_screen",
    "state",
    "terminate",
    "versions",
    "write",
]
