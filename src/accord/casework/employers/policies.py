"""Who may know of employers and of the contacts with them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.policies import can_change_record
from accord.casework.employers.enums import ContactState
from accord.casework.employers.models import EmployerContact
from accord.kernel.actors import Actor
from accord.kernel.decisions import Decision, no
from accord.network.institutions.policies import works_on_cases


def can_record(actor: Actor, contact: EmployerContact) -> Decision:
    """The institution that planned a contact says how it went, once."""
    if not (decision := works_on_cases(actor)):
        return decision
    if contact.state != ContactState.OPEN:
        return no(_("Le résultat de ce contact est déjà noté."))
    return can_change_record(actor, contact)
