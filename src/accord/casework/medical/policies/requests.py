"""Who may see and do what inside the compartment. The same rules stand in the database as row-level security."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from accord.casework.cases.enums import CaseState, Category, ParticipantRole
from accord.casework.cases.models import Case, Participant
from accord.casework.cases.policies import current_disclosures, takes_part
from accord.casework.medical.enums import RequestKind, RequestState
from accord.casework.medical.models import ClarificationDue, MedicalRequest
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Kind, Role
from accord.network.institutions.policies import works_on_cases

__all__ = ["works_on_cases"]

ENDED = (RequestState.FILED, RequestState.DECLINED, RequestState.WITHDRAWN)
BEFORE_REPORT = (
    RequestState.REQUESTED,
    RequestState.ALLOCATED,
    RequestState.SCHEDULED,
    RequestState.INTERVIEWED,
    RequestState.DRAFTED,
)


def told_of_medical(actor: Actor, case: str = "case_id") -> Q:
    """Rows of a case whose medical detail is disclosed to the actor’s institution now."""
    told = (
        current_disclosures(actor)
        .filter(case=OuterRef(case))
        .annotate(seen=F("categories").bitand(int(Category.MEDICAL)))
        .filter(seen__gt=0)
    )
    return Q(Exists(told))


def held_or_told(actor: Actor) -> Q:
    """Rows with a case and a service: for that service, and for those who are told of medical detail."""
    return Q(service_id=actor.institution_key) | told_of_medical(actor)


def requests_visible_to(actor: Actor) -> Q:
    """A request is seen by the service, by who asked, and by those who are told of medical detail."""
    return held_or_told(actor) | Q(asked_by_id=actor.institution_key)


def of_visible_requests(actor: Actor) -> Q:
    """Questions and history of a request, for those who see the request."""
    return Q(request__in=MedicalRequest.objects.filter(requests_visible_to(actor)))


def content_visible_to(actor: Actor) -> Q:
    """Medical content of a request: for the service, and for those who are told of medical detail."""
    return Q(request__in=MedicalRequest.objects.filter(held_or_told(actor)))


def notes_visible_to(actor: Actor) -> Q:
    """Notes of an interview are the service’s own."""
    return Q(request__service_id=actor.institution_key)


def contacts_visible_to(actor: Actor) -> Q:
    """A draft is the service’s own; what is kept is read by those who are told of medical detail."""
    return Q(service_id=actor.institution_key) | (Q(kept_at__isnull=False) & told_of_medical(actor))


def read_marks_visible_to(actor: Actor) -> Q:
    """What I have read is my own business."""
    return Q(service_id=actor.institution_key, user_id=actor.user_key)


def serves_medically(actor: Actor) -> Decision:
    """Open to doctors and secretaries of a regional medical service."""
    if actor.institution_kind == Kind.MEDICAL_SERVICE and actor.has_role(Role.DOCTOR, Role.SECRETARY):
        return YES
    return no(_("Ces pages sont celles des médecins et du secrétariat du service médical régional."))


def practises(actor: Actor) -> Decision:
    """Open to the doctors of a regional medical service."""
    if actor.institution_kind == Kind.MEDICAL_SERVICE and actor.has_role(Role.DOCTOR):
        return YES
    return no(_("Ceci appartient au médecin du service médical."))


def can_ask(actor: Actor, case: Case) -> Decision:
    """The office that conducts the case, or the CII office that sorts it, asks the doctor."""
    if not (decision := works_on_cases(actor)):
        return decision
    if case.state not in {CaseState.OPEN, CaseState.ANNOUNCED}:
        return no(_("Seul un dossier en cours se présente au médecin."))
    if case.lead_id == actor.institution_id:
        return YES
    desk = Participant.objects.filter(
        case=case, institution_id=actor.institution_key, role=ParticipantRole.DESK, left_at__isnull=True
    )
    if (actor.institution_kind == Kind.CII_OFFICE and takes_part(actor, case)) or desk.exists():
        return YES
    return no(_("Le bureau CII, ou l’institution qui conduit le dossier, demande l’avis du médecin."))


def can_withdraw(actor: Actor, request: MedicalRequest) -> Decision:
    """Who asked takes it back, as long as no interview was held."""
    if request.asked_by_id != actor.institution_id:
        return no(_("Seule l’institution qui a demandé l’avis peut le retirer."))
    if request.state not in {RequestState.REQUESTED, RequestState.ALLOCATED, RequestState.SCHEDULED}:
        return no(_("Le médecin travaille déjà à son rapport, ou la demande est terminée."))
    return YES


def _at_the_service(actor: Actor, request: MedicalRequest) -> Decision:
    if not (decision := serves_medically(actor)):
        return decision
    if request.service_id != actor.institution_id:
        return no(_("Cette demande appartient à un autre service médical."))
    return YES


def can_decline(actor: Actor, request: MedicalRequest) -> Decision:
    """The service gives back what others can do, before an interview is fixed."""
    if not (decision := _at_the_service(actor, request)):
        return decision
    if request.state not in {RequestState.REQUESTED, RequestState.ALLOCATED}:
        return no(_("Un entretien est déjà fixé, ou la demande est terminée."))
    return YES


def can_allocate(actor: Actor, request: MedicalRequest) -> Decision:
    """The service names the doctor, and another one as long as the report is not signed."""
    if not (decision := _at_the_service(actor, request)):
        return decision
    if request.state not in BEFORE_REPORT:
        return no(_("Le rapport est signé, ou la demande est terminée."))
    return YES


def can_schedule(actor: Actor, request: MedicalRequest) -> Decision:
    """The service fixes the interview once the doctor is known; a precise question needs none."""
    if not (decision := _at_the_service(actor, request)):
        return decision
    if request.kind == RequestKind.ADVICE:
        return no(_("Un conseil ponctuel se donne sans entretien."))
    if request.state != RequestState.ALLOCATED:
        return no(_("L’entretien se fixe une fois la demande attribuée à un médecin."))
    return YES


def can_prepare(actor: Actor, request: MedicalRequest) -> Decision:
    """The report form is prepared once, when the doctor is known."""
    if not (decision := _at_the_service(actor, request)):
        return decision
    if request.prepared_at is not None:
        return no(_("Le formulaire du rapport est déjà préparé."))
    if request.doctor_id is None or request.state not in BEFORE_REPORT:
        return no(_("Le formulaire se prépare une fois la demande attribuée à un médecin."))
    return YES


def can_read_file(actor: Actor, request: MedicalRequest) -> Decision:
    """The service reads the file that the doctor needs."""
    return _at_the_service(actor, request)


def can_follow(actor: Actor, request: MedicalRequest) -> Decision:
    """What follows a request is read by its service, and by those who are told of medical detail."""
    if MedicalRequest.objects.filter(held_or_told(actor), pk=request.pk).exists():
        return YES
    return no(_("Rien ne permet à votre institution de lire les données médicales de ce dossier."))


def can_take_notes(actor: Actor, request: MedicalRequest) -> Decision:
    """The doctor of the request writes in the interview room, until her report is signed."""
    if not (decision := _at_the_service(actor, request)):
        return decision
    if not practises(actor) or request.doctor_id != actor.user_id:
        return no(_("Les notes d’entretien sont celles du médecin de la demande."))
    if request.state not in BEFORE_REPORT:
        return no(_("Le rapport est signé : les notes ne changent plus."))
    return YES


def can_contact(actor: Actor, case: Case) -> Decision:
    """A doctor of a service that holds a request of this case speaks with treating doctors."""
    if not (decision := practises(actor)):
        return decision
    return _serves_case(actor, case)


def can_record_release(actor: Actor, case: Case) -> Decision:
    """The service records what the person signed, and what she takes back."""
    if not (decision := serves_medically(actor)):
        return decision
    return _serves_case(actor, case)


def _serves_case(actor: Actor, case: Case) -> Decision:
    held = MedicalRequest.objects.filter(case=case, service_id=actor.institution_key)
    if held.exclude(state__in=[RequestState.DECLINED, RequestState.WITHDRAWN]).exists():
        return YES
    return no(_("Aucune demande de ce dossier n’est adressée à votre service."))


def can_settle(actor: Actor, clarification: ClarificationDue) -> Decision:
    """A doctor of the service says what is clarified; once."""
    if not (decision := practises(actor)):
        return decision
    if clarification.service_id != actor.institution_id:
        return no(_("Cette clarification appartient à un autre service médical."))
    if clarification.settled_at is not None:
        return no(_("Cette incapacité est déjà éclaircie."))
    return YES
