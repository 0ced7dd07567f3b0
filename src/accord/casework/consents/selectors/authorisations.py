"""The authorisations of a case, and to whom one could be given."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accord.casework.cases.models import Case
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent
from accord.casework.consents.policies import visible_to
from accord.kernel.actors import Actor
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import circle_institutions, programme_for


def consents_of(actor: Actor, case: Case) -> QuerySet[Consent]:
    """Every authorisation of a case, the newest first, with its grid."""
    return (
        Consent.objects.filter(visible_to(actor), case=case)
        .select_related("text", "recorded_by", "recorded_by_user")
        .prefetch_related("grants__recipient")
        .order_by("-created_at")
    )


def consent_for(actor: Actor, consent_id: UUID) -> Consent:
    """One authorisation with its case; Consent.DoesNotExist if the actor may not know of it."""
    return (
        Consent.objects.filter(visible_to(actor))
        .select_related("case", "case__lead", "text", "recorded_by", "evidence")
        .prefetch_related("grants__recipient")
        .get(pk=consent_id)
    )


def programme_of(consent: Consent) -> Programme:
    """The programme whose circle an authorisation opens, in the version that was signed."""
    return programme_for(consent.text.programme, consent.text.version)


def active_consent(actor: Actor, case: Case, circle: str = "") -> Consent | None:
    """The authorisation in force for a circle of the case, its own one unless told otherwise."""
    return (
        consents_of(actor, case).filter(state=ConsentState.ACTIVE, programme=circle or case.programme).first()
    )


def draft_of(actor: Actor, case: Case, circle: str = "") -> Consent | None:
    """The form for a circle that the actor's institution has prepared and that waits for its signature."""
    return (
        consents_of(actor, case)
        .filter(
            state=ConsentState.DRAFT,
            recorded_by_id=actor.institution_id,
            programme=circle or case.programme,
        )
        .first()
    )


def possible_recipients(programme: Programme) -> list[Institution]:
    """Institutions of the programme's circle to which the person may open something."""
    return circle_institutions(programme)
