"""The letter that tells the person who read her case in an emergency, why, until when, and what she can do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.selectors import person_of
from accord.casework.cases.services import read_case
from accord.casework.emergencies.models import EmergencyAccess
from accord.casework.emergencies.policies import can_write_letter
from accord.casework.emergencies.selectors import labels_of
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, today
from accord.kernel.decisions import Refused
from accord.kernel.typesetting import typeset
from accord.network.programmes.selectors import programme_for
from accord.people.persons.models import Person

TEMPLATE = Path(__file__).parents[1] / "templates" / "emergencies" / "letter.typ"


def print_letter(*, by: Actor, access: EmergencyAccess) -> bytes:
    """The letter in the person's language, for the lead to send; printing is journalled as a reading."""
    can_write_letter(by, access).require()
    case = Case.objects.select_related("lead").get(pk=access.case_id)
    person = person_of(by, case)
    if person is None:
        raise Refused(_("L’identité de la personne n’est pas communiquée à votre institution."))
    read_case(by=by, case=case, what="emergency letter")
    with translation.override(person.language):
        return typeset(TEMPLATE, _letter(access, case, person))


def _letter(access: EmergencyAccess, case: Case, person: Person) -> dict[str, Any]:
    site = access.lead.sites.first()
    programme = programme_for(case.programme, case.programme_version)
    words = {
        "institution": access.institution.name,
        "colleague": access.user.name,
        "since": f"{access.opened_at.astimezone(SWISS_TIME):%d.%m.%Y, %H:%M}",
        "until": f"{access.ends_at.astimezone(SWISS_TIME):%d.%m.%Y, %H:%M}",
        "lead": access.lead.name,
        "phone": access.lead.phone,
    }
    return {
        "language": person.language,
        "number": access.case_number,
        "sender": [access.lead.name, *(site.address.split("\n") if site else []), access.lead.phone],
        "address": [person.name, person.street, f"{person.postal_code} {person.city}".strip()],
        "on": f"{today():%d.%m.%Y}",
        "title": _("Votre dossier a été lu en urgence"),
        "greeting": _("Bonjour,"),
        "opening": _(
            "%(institution)s a lu une partie de votre dossier sans vous demander votre accord, parce que la"
            " situation ne permettait pas d’attendre. Vous avez le droit de le savoir."
        )
        % words,
        "parts": [
            (_("Qui a lu"), _("%(colleague)s, %(institution)s") % words),
            (_("Pourquoi"), f"{access.get_reason_display()}. {access.explanation}"),
            *(
                [(_("Pourquoi aussi les données médicales"), access.medical_explanation)]
                if access.medical_explanation
                else []
            ),
            (_("Ce qui a été lu"), ", ".join(labels_of(access.categories, programme))),
            (_("Quand"), _("du %(since)s au %(until)s") % words),
        ],
        "after_title": _("Et maintenant ?"),
        "after": [
            _("L’accès se ferme de lui-même à l’heure indiquée."),
            _("Une personne chargée de la protection des données vérifie si cet accès était justifié."),
            _("Rien n’a pu être écrit ni changé dans votre dossier par ce moyen."),
        ],
        "rights_title": _("Ce que vous pouvez faire"),
        "rights": [
            _("Demander des explications à %(lead)s, téléphone %(phone)s.") % words,
            _("Demander qui a lu votre dossier, quand et pourquoi."),
            _("Vous opposer, ou vous adresser au préposé à la protection des données de votre canton."),
        ],
        "closing": _("Avec nos salutations"),
        "page": _("page"),
        "case": _("Dossier"),
    }
