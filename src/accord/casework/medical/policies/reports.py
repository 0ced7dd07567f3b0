"""Who sees, writes, signs, hands in and files a report; who orders examinations and guards measures."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.casework.medical.enums import ExaminationState, ReportState
from accord.casework.medical.models import (
    Absence,
    Examination,
    Incoming,
    MedicalMeasure,
    MedicalRequest,
    Outgoing,
    RegionDoctor,
    Report,
)
from accord.casework.medical.policies.requests import (
    held_or_told,
    practises,
    serves_medically,
    told_of_medical,
)
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Role

AT_ANOTHER = gettext_lazy("Ceci appartient à un autre service médical.")


def reports_visible_to(actor: Actor) -> Q:
    """A report is the service’s own until it is filed; then those who are told of medical detail read it."""
    return Q(service_id=actor.institution_key) | (Q(state=ReportState.FILED) & told_of_medical(actor))


def examinations_visible_to(actor: Actor) -> Q:
    """An examination is the service’s own until the final report has concluded it."""
    return Q(service_id=actor.institution_key) | (
        Q(state=ExaminationState.CONCLUDED) & told_of_medical(actor)
    )


def measures_visible_to(actor: Actor) -> Q:
    """Agreed measures are read by the service, and by those who are told of medical detail."""
    return held_or_told(actor)


def follow_ups_visible_to(actor: Actor) -> Q:
    """The history of a measure is read by those who read the measure."""
    return Q(measure__in=MedicalMeasure.objects.filter(measures_visible_to(actor)))


def exchange_visible_to(actor: Actor) -> Q:
    """What was sent and received is seen by the service that sends and receives."""
    return Q(service_id=actor.institution_key)


def _serves(actor: Actor, service_id: object) -> Decision:
    if not (decision := serves_medically(actor)):
        return decision
    return YES if service_id == actor.institution_id else no(AT_ANOTHER)


def is_doctor_of(actor: Actor, request: MedicalRequest) -> bool:
    """The doctor to whom the request was given, or her recorded replacement while she is away."""
    if request.doctor_id == actor.user_id:
        return True
    replaces = RegionDoctor.objects.filter(
        programme=request.case.programme,
        region=request.region,
        service_id=request.service_id,
        doctor_id=request.doctor_id,
        replacement_id=actor.user_key,
    )
    away = Absence.objects.filter(
        service_id=request.service_id, doctor_id=request.doctor_id, since__lte=today(), until__gte=today()
    )
    return replaces.exists() and away.exists()


def acts_as_doctor(actor: Actor, request: MedicalRequest) -> Decision:
    """The doctor alone says what is medical (LAI art. 54a: independent in each case)."""
    if not (decision := _serves(actor, request.service_id)):
        return decision
    if not practises(actor):
        return practises(actor)
    if not is_doctor_of(actor, request):
        return no(
            _("Cette demande est attribuée à un autre médecin : lui seul, ou son remplaçant désigné, signe.")
        )
    return YES


def can_write_report(actor: Actor, report: Report) -> Decision:
    """The doctor of the request writes her draft; nothing is written over a signature."""
    if not (decision := acts_as_doctor(actor, report.request)):
        return decision
    if not report.is_draft:
        return no(_("Ce rapport est signé : une correction est une nouvelle version."))
    return YES


def can_sign_report(actor: Actor, report: Report) -> Decision:
    """The doctor of the request signs, or her recorded replacement; nobody else."""
    return can_write_report(actor, report)


def can_hand_in(actor: Actor, report: Report) -> Decision:
    """The doctor gives the signed report to the secretariat, or the secretariat takes it."""
    if not (decision := _serves(actor, report.service_id)):
        return decision
    if report.state != ReportState.SIGNED:
        return no(_("Seul un rapport signé est remis au secrétariat."))
    return YES


def can_file(actor: Actor, report: Report) -> Decision:
    """The secretariat files the report in the dossier."""
    if not (decision := _serves(actor, report.service_id)):
        return decision
    if not actor.has_role(Role.SECRETARY):
        return no(_("Le secrétariat du service médical classe les rapports au dossier."))
    if report.state != ReportState.HANDED_IN:
        return no(_("Un rapport est d’abord remis au secrétariat, puis classé."))
    return YES


def can_amend(actor: Actor, report: Report) -> Decision:
    """The doctor begins a new version of the latest signed one."""
    if not (decision := acts_as_doctor(actor, report.request)):
        return decision
    if report.is_draft:
        return no(_("Ce rapport est encore un brouillon : corrigez-le directement."))
    if Report.objects.filter(amends=report).exists():
        return no(_("Une version plus récente de ce rapport existe déjà."))
    return YES


def can_order(actor: Actor, request: MedicalRequest) -> Decision:
    """The doctor orders an examination when something is missing."""
    return acts_as_doctor(actor, request)


def can_appoint(actor: Actor, examination: Examination) -> Decision:
    """The secretariat or the doctor fixes the appointment, until the report is there."""
    if not (decision := _serves(actor, examination.service_id)):
        return decision
    if examination.state not in {ExaminationState.ORDERED, ExaminationState.APPOINTED}:
        return no(_("Le rapport de cet examen est déjà là, ou l’examen est annulé."))
    return YES


can_receive = can_cancel = can_appoint
"""Who fixes the appointment also takes in the report, or calls the examination off."""


def can_mark_read(actor: Actor, examination: Examination) -> Decision:
    """The report reaches the case through the doctor: she reads it first."""
    if not (decision := acts_as_doctor(actor, examination.request)):
        return decision
    if examination.state != ExaminationState.RECEIVED:
        return no(_("Le rapport de cet examen n’est pas encore arrivé, ou il est déjà lu."))
    return YES


def can_conclude(actor: Actor, examination: Examination) -> Decision:
    """The doctor writes the final report on an examination that she has read."""
    if not (decision := acts_as_doctor(actor, examination.request)):
        return decision
    if examination.state != ExaminationState.READ:
        return no(_("Lisez d’abord le rapport de l’examen."))
    return YES


def can_guard(actor: Actor, measure: MedicalMeasure) -> Decision:
    """The service follows the measures that were agreed on."""
    return _serves(actor, measure.service_id)


def can_sort(actor: Actor, incoming: Incoming) -> Decision:
    """The secretariat assigns what came in without a case."""
    if not (decision := _serves(actor, incoming.service_id)):
        return decision
    return YES if actor.has_role(Role.SECRETARY) else no(_("Le secrétariat trie ce qui arrive."))


def can_send_again(actor: Actor, outgoing: Outgoing) -> Decision:
    """The service sends again what did not arrive."""
    return _serves(actor, outgoing.service_id)
