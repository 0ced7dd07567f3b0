"""Enter enterprises into the common directory."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.casework.employers.models import Employer
from accord.casework.employers.rules import enterprise_key, normalise_uid
from accord.casework.employers.selectors import likely_doubles
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.policies import works_on_cases


@transaction.atomic
def register_employer(
    *, by: Actor, name: str, city: str, uid: str = "", postal_code: str = "", is_new: bool = False
) -> Employer:
    """Enter an enterprise. Raises Refused beside `is_new` while likely doubles were not looked at."""
    works_on_cases(by).require()
    number = _checked(name, uid)
    if likely_doubles(name, city, number) and not is_new:
        raise Refused(
            _(
                "Une entreprise semblable est déjà enregistrée : choisissez-la, ou confirmez que c’en est une autre."
            ),
            field="is_new",
        )
    employer = _saved(
        Employer(
            name=name.strip(),
            name_key=enterprise_key(name),
            uid=number,
            postal_code=postal_code.strip(),
            city=city.strip(),
            registered_by_id=by.institution_key,
        )
    )
    _record(by, "registered", employer)
    return employer


@transaction.atomic
def change_employer(
    *, by: Actor, employer_id: UUID, version: int, name: str, city: str, uid: str = "", postal_code: str = ""
) -> Employer:
    """Correct an enterprise; every institution may, the journal keeps who did. Raises Stale."""
    works_on_cases(by).require()
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    if employer.version != version:
        raise Stale(employer)
    employer.uid = _checked(name, uid)
    employer.name, employer.name_key = name.strip(), enterprise_key(name)
    employer.city, employer.postal_code = city.strip(), postal_code.strip()
    employer.version += 1
    employer.updated_at = now()
    _saved(employer)
    _record(by, "corrected", employer)
    return employer


def _checked(name: str, uid: str) -> str:
    if not enterprise_key(name):
        raise Refused(_("Écrivez le nom de l’entreprise."), field="name")
    number = normalise_uid(uid)
    if number is None:
        raise Refused(
            _("Ce numéro IDE n’existe pas : il s’écrit CHE-123.456.788, regardez encore une fois."),
            field="uid",
        )
    return number


def _saved(employer: Employer) -> Employer:
    try:
        with transaction.atomic():
            employer.save()
    except IntegrityError:
        raise Refused(_("Une autre entreprise porte déjà ce numéro IDE."), field="uid") from None
    return employer


def _record(by: Actor, verb: str, employer: Employer) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="employer",
        subject_id=employer.pk,
        subject_label=employer.name,
        cases=[],
    )
