"""What an authorisation says to the stages of a programme."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent
from accord.casework.consents.rules import is_in_force
from accord.kernel.clock import today
from accord.kernel.decisions import YES, Decision, no

GATE = "consent.active"
"""Its name in the programmes."""


def consent_is_active(case: Case) -> Decision:
    """The stage demands that the person's authorisation for the circle of that stage is in force today.

    Stages are those of the case's own programme: what she signed for a second circle does not answer.
    """
    signed = Consent.objects.filter(case=case, programme=case.programme, state=ConsentState.ACTIVE).first()
    if signed and is_in_force(signed.state, signed.valid_from, signed.valid_until, today()):
        return YES
    return no(_("Il manque l’autorisation de la personne : demandez-la-lui avant cette étape."))
