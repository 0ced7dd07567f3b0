"""Who is told that a case was opened in an emergency: data protection, the lead, the person."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.services.notifying import recipients_at
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.selectors import officers_at
from accord.foundation.accounts.models import User
from accord.foundation.notifications.services import notify
from accord.kernel.jobs import later
from accord.people.persons.enums import ContactWay

TELL_PERSON = "emergencies.tell_person"


def alert(access: EmergencyAccess) -> None:
    """Tell the officers of both institutions, the lead's referent, and the person."""
    for house, officers in officers_at([access.institution_id, access.lead_id]).items():
        tell_colleagues("emergency.opened", access, house, officers)
    referents = recipients_at(Case.objects.get(pk=access.case_id), access.lead_id)
    tell_colleagues("emergency.letter", access, access.lead_id, [found.pk for found in referents])
    later(TELL_PERSON, access_id=str(access.pk))


def tell_colleagues(kind: str, access: EmergencyAccess, house: UUID, users: Iterable[UUID]) -> None:
    """Leave a message that leads to the access."""
    notify(
        users=User.objects.filter(pk__in=list(users), is_active=True),
        institution_id=house,
        kind=kind,
        params={"number": access.case_number},
        path=reverse("emergencies:access", args=[access.pk]),
        case_id=access.case_id,
    )


def mail_person(access_id: UUID) -> bool:
    """Send her a mail without any content, if she has an address and prefers to be reached so.

    She reads the rest at her window or in the letter. Run by the worker, who alone may see her address here.
    """
    access = EmergencyAccess.objects.select_related("case__person").get(pk=access_id)
    person = access.case.person
    if not person.email or person.contact_way != ContactWay.EMAIL:
        return False
    with translation.override(person.language):
        EmailMessage(
            subject=_("Une information vous attend"),
            body=_(
                "Bonjour,\n\nUne information au sujet de vos données vous attend. Vous la trouverez dans votre"
                " espace personnel ; une lettre vous parvient aussi.\n\n%(link)s\n\n"
                "Pour vous protéger, cet e-mail ne dit rien de plus."
            )
            % {"link": settings.ACCORD_BASE_URL},
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<emergency-{access.pk}@accord>"},
        ).send()
    return True
