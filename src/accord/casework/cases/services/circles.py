"""Let a case stand under a second programme, too; take it out again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import EventKind
from accord.casework.cases.models import Case, CaseCircle
from accord.casework.cases.policies import can_join_circle, can_lead
from accord.casework.cases.rules import check_second_circle
from accord.casework.cases.services.locking import lock_case
from accord.casework.cases.services.notifying import notify_parties
from accord.casework.cases.services.records import tell
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.network.programmes.models import ProgrammeVersion
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import current_programme, programme_for


@transaction.atomic
def join_second_circle(*, by: Actor, case_id: UUID, programme_slug: str) -> CaseCircle:
    """Let the case stand in a second circle: one case, one plan, but authorisations of their own.

    Twice is once. Nothing is opened to anybody by it: the person authorises the second circle separately.
    """
    case = lock_case(by, case_id)
    can_join_circle(by, case).require()
    standing = CaseCircle.objects.filter(case=case, left_at__isnull=True).first()
    if standing is not None and standing.programme == programme_slug:
        return standing
    if standing is not None:
        raise Refused(_("Ce dossier se tient déjà dans deux cercles."), field="programme")
    second = _checked(by, case, programme_slug)
    joined = CaseCircle.objects.create(
        case=case, programme=second.slug, programme_version=second.version, joined_by_id=by.user_id
    )
    tell(by=by, case=case, kind=EventKind.CIRCLE_JOINED, data={"circle": second.slug})
    notify_parties(kind="case.circle_joined", case=case, but=by.institution_id)
    return joined


def _checked(by: Actor, case: Case, slug: str) -> Programme:
    try:
        second = current_programme(slug)
    except ProgrammeVersion.DoesNotExist:
        raise Refused(_("Choisissez un dispositif de la liste."), field="programme") from None
    first = programme_for(case.programme, case.programme_version)
    if problem := check_second_circle(first, second, by.institution_kind):
        raise Refused(
            {
                "same": _("Le dossier se tient déjà dans ce cercle."),
                "seat": _("Votre institution n’a pas de place dans le cercle de ce dispositif."),
                "clash": _("Une sorte de données n’a pas le même sens dans les deux dispositifs."),
            }[problem],
            field="programme",
        )
    return second


def end_second_circle(*, by: Actor, case: Case) -> CaseCircle:
    """The case stands in its own circle only; what rested on the second one is ended by who calls this.

    Raises Refused when it stands in one circle already.
    """
    can_lead(by, case).require()
    standing = CaseCircle.objects.filter(case=case, left_at__isnull=True).first()
    if standing is None:
        raise Refused(_("Ce dossier ne se tient pas dans un second cercle."))
    standing.left_at, standing.left_by_id = now(), by.user_id
    standing.save(update_fields=["left_at", "left_by"])
    tell(by=by, case=case, kind=EventKind.CIRCLE_LEFT, data={"circle": standing.programme})
    notify_parties(kind="case.circle_left", case=case, but=by.institution_id)
    return standing
