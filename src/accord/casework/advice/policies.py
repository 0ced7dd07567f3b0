"""Who asks, who answers, who reads: the asker's institution and those that answer; nobody else."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accord.casework.advice.enums import QuestionState
from accord.casework.advice.models import Question
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.models import ProgrammeMember

ANSWERING_ROLES = (Role.REFERENT, Role.DESK)
READING_ROLES = (*ANSWERING_ROLES, Role.MANAGER)


def visible_to(actor: Actor) -> Q:
    """Asked by us, addressed to us, or to any referent of a circle in which we have one."""
    return Q(asked_by_id=actor.institution_key) | answerable_by(actor)


def answerable_by(actor: Actor) -> Q:
    """Addressed to our institution, or by another one to any referent of a circle in which we have one."""
    seat = ProgrammeMember.objects.filter(
        programme_slug=OuterRef("programme"), institution_id=actor.institution_key, until__isnull=True
    )
    referent = Membership.objects.filter(
        institution_id=actor.institution_key, role__in=ANSWERING_ROLES, until__isnull=True
    )
    return Q(addressee_id=actor.institution_key) | (
        Q(addressee__isnull=True)
        & ~Q(asked_by_id=actor.institution_key)
        & Q(Exists(seat))
        & Q(Exists(referent))
    )


def gives_advice(actor: Actor) -> Decision:
    """Open to referents, the desk and their managers."""
    if not (decision := works_on_cases(actor)):
        return decision
    if actor.has_role(*READING_ROLES):
        return YES
    return no(_("La statistique des conseils se lit par les référents, le bureau et leurs responsables."))


def can_answer(actor: Actor, question: Question, *, is_addressed: bool) -> Decision:
    """A referent or the desk of an institution to which it is addressed answers, until it is closed."""
    if not (decision := works_on_cases(actor)):
        return decision
    if not is_addressed:
        return no(_("Cette question est adressée à d’autres référents."))
    if not actor.has_role(*ANSWERING_ROLES):
        return no(_("Les référents et le bureau répondent aux questions."))
    return _is_running(question)


def can_add(actor: Actor, question: Question) -> Decision:
    """The asking institution adds to its question once it was answered."""
    if not (decision := works_on_cases(actor)):
        return decision
    if question.asked_by_id != actor.institution_id:
        return no(_("Cette question vient d’une autre institution."))
    if question.state != QuestionState.ANSWERED:
        return no(_("Attendez la réponse à votre question."))
    return YES


def can_close(actor: Actor, question: Question) -> Decision:
    """The asking institution closes its question and says whether the advice helped."""
    if not (decision := works_on_cases(actor)):
        return decision
    if question.asked_by_id != actor.institution_id:
        return no(_("Cette question vient d’une autre institution."))
    return _is_running(question)


def can_announce_from(actor: Actor, question: Question) -> Decision:
    """The asking institution makes an announcement of it, once."""
    if not (decision := works_on_cases(actor)):
        return decision
    if question.asked_by_id != actor.institution_id:
        return no(_("Cette question vient d’une autre institution."))
    if question.referral_id is not None:
        return no(_("Une annonce est déjà issue de cette question."))
    return YES


def _is_running(question: Question) -> Decision:
    if question.state == QuestionState.CLOSED:
        return no(_("Cette question est close."))
    return YES
