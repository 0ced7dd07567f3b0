"""Who may see and do what in a case. The same rules stand in the database as row-level security."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, CaseState, Category
from accord.casework.cases.models import Case, Disclosure, Participant, Record, Step
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.policies import works_on_cases

if TYPE_CHECKING:
    from django.db.models import QuerySet


def current_disclosures(actor: Actor) -> QuerySet[Disclosure]:
    """What is disclosed to the actor's institution at this instant."""
    return Disclosure.objects.filter(
        recipient_id=actor.institution_key, valid_from__lte=Now(), valid_until__gt=Now()
    )


def cases_visible_to(actor: Actor) -> Q:
    """Cases that the actor's institution leads or of which it was told; for the insured person her own."""
    if actor.is_insured:
        return Q(pk=actor.window_key)
    told = current_disclosures(actor).filter(case=OuterRef("pk"))
    return Q(lead_id=actor.institution_key) | Q(Exists(told))


def in_visible_case(actor: Actor) -> Q:
    """Rows of a case (participants, stages) for those who know of the case."""
    if actor.is_insured:
        return Q(case_id=actor.window_key)
    return Q(Exists(current_disclosures(actor).filter(case=OuterRef("case_id"))))


def disclosures_visible_to(actor: Actor) -> Q:
    """Whoever knows of a case may know who sees what in it: that is what the authorisation grid shows."""
    return Q(recipient_id=actor.institution_key) | in_visible_case(actor)


def participants_visible_to(actor: Actor) -> Q:
    """One's own participations, and everybody's in the cases that one knows of."""
    return Q(institution_id=actor.institution_key) | in_visible_case(actor)


def records_visible_to(actor: Actor) -> Q:
    """A record is visible to its owner, and to those to whom its category is disclosed now.

    The insured person reads, at her window, what was written for her, too.
    """
    if actor.is_insured:
        return Q(case_id=actor.window_key, audience=Audience.PERSON)
    covering = current_disclosures(actor).filter(case=OuterRef("case_id"))
    category: Any = OuterRef("category")
    shared = ExpressionWrapper(F("categories").bitand(category), output_field=BigIntegerField())
    of_category = covering.annotate(seen=shared).filter(seen__gt=0)
    return Q(owner_id=actor.institution_key) | (
        ~Q(audience=Audience.OWN) & (Q(category__isnull=True) & Q(Exists(covering)) | Q(Exists(of_category)))
    )


def persons_visible_to(actor: Actor) -> Q:
    """Persons whom the institution registered, or whose identity is disclosed to it; she herself, too."""
    if actor.is_insured:
        return Q(pk__in=Case.objects.filter(pk=actor.window_key).values("person_id"))
    disclosed = (
        current_disclosures(actor)
        .filter(person=OuterRef("pk"))
        .annotate(seen=F("categories").bitand(int(Category.IDENTITY)))
        .filter(seen__gt=0)
    )
    return Q(institution_id=actor.institution_key) | Q(Exists(disclosed))


def files_visible_to(actor: Actor) -> Q:
    """An institution's own files, and those of persons whose benefits are disclosed to it."""
    if actor.is_insured:
        return Q(person_id__in=Case.objects.filter(pk=actor.window_key).values("person_id"))
    disclosed = (
        current_disclosures(actor)
        .filter(person=OuterRef("person_id"))
        .annotate(seen=F("categories").bitand(int(Category.BENEFITS)))
        .filter(seen__gt=0)
    )
    return Q(institution_id=actor.institution_key) | Q(Exists(disclosed))


def can_open_draft(actor: Actor) -> Decision:
    """Those who work on cases may prepare one."""
    return works_on_cases(actor)


def takes_part(actor: Actor, case: Case) -> bool:
    """Whether the actor's institution is a participant now."""
    return Participant.objects.filter(
        case=case, institution_id=actor.institution_key, left_at__isnull=True
    ).exists()


def can_work_on(actor: Actor, case: Case, *, is_participant: bool | None = None) -> Decision:
    """A current participant may write into an announced or open case.

    A screen that has already loaded the participants says so, and saves the question.
    """
    if not (decision := works_on_cases(actor)):
        return decision
    if case.state in {CaseState.CLOSED, CaseState.DECLINED, CaseState.EXPIRED, CaseState.WITHDRAWN}:
        return no(_("Ce dossier est terminé : rouvrez-le pour y écrire."))
    if not (takes_part(actor, case) if is_participant is None else is_participant):
        return no(_("Votre institution ne participe pas à ce dossier."))
    return YES


def can_lead(actor: Actor, case: Case) -> Decision:
    """Only the institution that leads may move stages, invite, hand over and close."""
    if not (decision := works_on_cases(actor)):
        return decision
    if case.lead_id != actor.institution_id:
        return no(_("Seule l’institution qui conduit le dossier peut faire cela."))
    return YES


def can_hand_over(actor: Actor, case: Case) -> Decision:
    """The lead hands over an open case."""
    if not (decision := can_lead(actor, case)):
        return decision
    if case.state != CaseState.OPEN:
        return no(_("Seul un dossier en cours peut être remis."))
    return YES


def can_join_circle(actor: Actor, case: Case) -> Decision:
    """The lead lets an open case stand under a second programme, too."""
    if not (decision := can_lead(actor, case)):
        return decision
    if case.state != CaseState.OPEN:
        return no(_("Seul un dossier en cours peut entrer dans un second cercle."))
    return YES


def can_close(actor: Actor, case: Case) -> Decision:
    """The lead closes an open case."""
    if not (decision := can_lead(actor, case)):
        return decision
    if case.state != CaseState.OPEN:
        return no(_("Seul un dossier en cours peut être clos."))
    return YES


def can_reopen(actor: Actor, case: Case) -> Decision:
    """The institution that led a closed case reopens it."""
    if not (decision := can_lead(actor, case)):
        return decision
    if case.state != CaseState.CLOSED:
        return no(_("Seul un dossier clos peut être rouvert."))
    return YES


def can_change_record(actor: Actor, record: Record) -> Decision:
    """Only the institution that owns a record changes it."""
    if record.owner_id != actor.institution_id:
        return no(_("Seule l’institution qui a écrit ceci peut le modifier."))
    return YES


def can_end_step(actor: Actor, step: Step) -> Decision:
    """A step is ended by who must do it or by who asked for it."""
    if actor.institution_id not in (step.assignee_id, step.owner_id):
        return no(_("Cette démarche appartient à une autre institution."))
    return YES
