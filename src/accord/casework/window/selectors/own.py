"""What belongs to the insured person's own case, read with her own eyes.

Her role in the database knows of colleagues their names only: each question says which columns it takes.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from accord.casework.cases.enums import StepState
from accord.casework.cases.models import Case, CaseDocument, Participant, Step
from accord.casework.cases.policies import (
    cases_visible_to,
    participants_visible_to,
    persons_visible_to,
    records_visible_to,
)
from accord.casework.cases.selectors import disclosures_of
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent
from accord.casework.consents.policies import visible_to
from accord.casework.consents.selectors import Grid, grid_of
from accord.kernel.actors import Actor
from accord.network.programmes.selectors import programme_for
from accord.people.persons.models import Person


def own_case(actor: Actor) -> Case:
    """The case at whose window she is, with its lead."""
    return Case.objects.filter(cases_visible_to(actor)).select_related("lead").get(pk=actor.window_key)


def own_person(actor: Actor) -> Person:
    """She herself, as the institution that announced her knows her."""
    return Person.objects.filter(persons_visible_to(actor)).get()


def own_participants(actor: Actor, case: Case) -> list[Participant]:
    """Who takes part now, who leads first, with the name of the colleague behind."""
    found = (
        Participant.objects.filter(participants_visible_to(actor), case=case, left_at__isnull=True)
        .select_related("institution", "referent")
        .only(
            "case_id", "role", "joined_at", "left_at",
            "institution__name", "institution__short_name", "institution__kind", "institution__phone",
            "referent__first_name", "referent__last_name",
        )
        .order_by("joined_at", "id")
    )  # fmt: skip
    return sorted(found, key=lambda one: one.institution_id != case.lead_id)


def name_of(participant: Participant) -> str:
    """The colleague who answers for an institution; empty while nobody is named."""
    referent = participant.referent
    return f"{referent.first_name} {referent.last_name}".strip() if referent else ""


def own_consents(actor: Actor, case: Case) -> list[Consent]:
    """The authorisations in force, the newest first."""
    return list(_consents(actor).filter(case=case, state=ConsentState.ACTIVE))


def own_drafts(actor: Actor, case: Case) -> list[Consent]:
    """The authorisations that wait for her signature."""
    return list(_consents(actor).filter(case=case, state=ConsentState.DRAFT))


def own_consent(actor: Actor, consent_id: UUID) -> Consent:
    """One authorisation of her case; Consent.DoesNotExist for any other."""
    return _consents(actor).get(pk=consent_id)


def _consents(actor: Actor) -> QuerySet[Consent]:
    return (
        Consent.objects.filter(visible_to(actor))
        .select_related("case", "text", "recorded_by")
        .prefetch_related("grants__recipient")
        .order_by("-created_at")
    )


def own_grid(actor: Actor, consent: Consent) -> Grid:
    """What an authorisation grants now, with what runs by law beside it."""
    case = consent.case
    standing = [grant for grant in consent.grants.all() if grant.ended_at is None]
    people = {
        one.institution_id: (name,) if (name := name_of(one)) else () for one in own_participants(actor, case)
    }
    return grid_of(
        programme_for(case.programme, case.programme_version),
        [grant.recipient for grant in standing],
        {grant.recipient_id: grant.categories for grant in standing},
        disclosures_of(actor, case),
        people,
    )


def own_documents(actor: Actor, case: Case) -> list[CaseDocument]:
    """Documents that were given to her, the newest first."""
    return list(_documents(actor).filter(case=case).order_by("-created_at", "-id"))


def own_document(actor: Actor, filed_id: UUID) -> CaseDocument:
    """One of them; CaseDocument.DoesNotExist for any other."""
    return _documents(actor).get(pk=filed_id)


def _documents(actor: Actor) -> QuerySet[CaseDocument]:
    return CaseDocument.objects.filter(records_visible_to(actor)).select_related("case", "owner", "document")


def own_steps(actor: Actor, case: Case) -> list[Step]:
    """Open steps that were told to her, the nearest first."""
    return list(
        Step.objects.filter(records_visible_to(actor), Q(state=StepState.OPEN), case=case)
        .select_related("assignee")
        .order_by("due_on", "id")
    )
