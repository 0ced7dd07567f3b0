"""Who takes part, who answers for each institution, and who leads."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis, EventKind, ParticipantRole
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.cases.policies import can_hand_over, can_lead, can_work_on
from accord.casework.cases.selectors import colleagues_of
from accord.casework.cases.services.disclosing import end_disclosures
from accord.casework.cases.services.locking import lock_case
from accord.casework.cases.services.notifying import notify_institution
from accord.casework.cases.services.records import tell
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.institutions.models import Institution


def _something_is_disclosed(case: Case, institution_id: UUID) -> bool:
    return Disclosure.objects.filter(
        ~Q(basis=Basis.PARTY), case=case, recipient_id=institution_id, valid_until__gt=Now()
    ).exists()


@transaction.atomic
def invite(
    *, by: Actor, case_id: UUID, institution_id: UUID, role: str = ParticipantRole.MEMBER
) -> Participant:
    """Let an institution take part. It needs an authorisation or a legal article that names it first."""
    case = lock_case(by, case_id)
    can_lead(by, case).require()
    can_work_on(by, case).require()
    if not _something_is_disclosed(case, institution_id):
        raise Refused(
            _("Rien ne permet encore d’informer cette institution : demandez l’autorisation à la personne."),
            field="institution",
        )
    participant, created = Participant.objects.get_or_create(
        case=case, institution_id=institution_id, left_at__isnull=True, defaults={"role": role}
    )
    if created:
        tell(
            by=by,
            case=case,
            kind=EventKind.JOINED,
            data={"institution": Institution.objects.get(pk=institution_id).short_name},
        )
        notify_institution(kind="case.invited", case=case, institution_id=institution_id)
    return participant


@transaction.atomic
def leave(*, by: Actor, case_id: UUID) -> None:
    """The actor's institution stops taking part; what it wrote stays, what it was shown is over."""
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    if case.lead_id == by.institution_id:
        raise Refused(_("Remettez d’abord la conduite du dossier à une autre institution."))
    participant = Participant.objects.select_related("institution").get(
        case=case, institution_id=by.institution_key, left_at__isnull=True
    )
    tell(by=by, case=case, kind=EventKind.LEFT, data={"institution": participant.institution.short_name})
    participant.left_at = now()
    participant.save(update_fields=["left_at"])
    end_disclosures(
        Disclosure.objects.filter(~Q(basis=Basis.PARTY), case=case, recipient_id=by.institution_key),
        because="left",
    )


@transaction.atomic
def name_referent(*, by: Actor, case_id: UUID, user_id: UUID) -> Participant:
    """Name the colleague who answers for one's own institution in this case."""
    case = lock_case(by, case_id)
    can_work_on(by, case).require()
    if user_id not in dict(colleagues_of(by)):
        raise Refused(_("Choisissez une personne de votre institution qui suit des dossiers."), field="user")
    participant = Participant.objects.get(case=case, institution_id=by.institution_key, left_at__isnull=True)
    participant.referent_id = user_id
    participant.save(update_fields=["referent"])
    if case.lead_id == by.institution_id:
        case.lead_user_id = user_id
        case.save(update_fields=["lead_user"])
    return participant


@transaction.atomic
def hand_over_lead(*, by: Actor, case_id: UUID, institution_id: UUID) -> Case:
    """Hand the lead to another institution that takes part; it is told."""
    case = lock_case(by, case_id)
    can_hand_over(by, case).require()
    if institution_id == case.lead_id:
        return case
    heir = (
        Participant.objects.select_related("institution")
        .filter(case=case, institution_id=institution_id, left_at__isnull=True)
        .first()
    )
    if heir is None:
        raise Refused(_("Choisissez une institution qui participe déjà au dossier."), field="institution")
    Participant.objects.filter(case=case, institution_id=case.lead_id, left_at__isnull=True).update(
        role=ParticipantRole.MEMBER
    )
    heir.role = ParticipantRole.LEAD
    heir.save(update_fields=["role"])
    case.lead_id, case.lead_user_id = institution_id, heir.referent_id
    case.version = F("version") + 1
    case.save(update_fields=["lead", "lead_user", "version"])
    case.refresh_from_db(fields=["version"])
    tell(by=by, case=case, kind=EventKind.LEAD, data={"institution": heir.institution.short_name})
    notify_institution(kind="case.lead", case=case, institution_id=institution_id)
    return case
