"""Who may know of, write, sign and contradict a part of the diagnosis; and when it counts as shared."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_change_record, can_lead, can_work_on, in_visible_case
from accord.casework.cases.selectors import is_disclosed_to
from accord.casework.diagnosis.enums import Part
from accord.casework.diagnosis.models import Difference, Section
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no

sections_visible_to = in_visible_case
"""Whoever knows of the case knows which parts there are and who signs them; not what they say."""


def can_arrange(actor: Actor, case: Case) -> Decision:
    """The lead says which parts are needed, and entrusts them."""
    if not (decision := can_lead(actor, case)):
        return decision
    return can_work_on(actor, case)


def can_claim(actor: Actor, case: Case, section: Section | None) -> Decision:
    """A participant takes a part that nobody holds."""
    if not (decision := can_work_on(actor, case)):
        return decision
    if section is not None and section.holder_id is not None:
        return no(_("Cette partie a déjà une institution qui l’écrit."))
    return YES


def may_hold(case: Case, institution_id: UUID, category: int) -> Decision:
    """A part is held by an institution that may read its kind of data: others will answer it there."""
    if is_disclosed_to(case, institution_id, category):
        return YES
    return no(
        _(
            "La personne n’a pas autorisé cette institution à lire ce type de données ; demandez-le-lui d’abord."
        )
    )


def can_write(actor: Actor, section: Section) -> Decision:
    """The institution that holds a part writes it."""
    if not (decision := can_work_on(actor, section.case)):
        return decision
    if section.holder is None:
        return no(_("Prenez d’abord cette partie en charge."))
    if section.holder_id != actor.institution_id:
        return no(
            _(
                "Cette partie est maintenant confiée à %(institution)s. Votre texte reste sur cette page :"
                " copiez-le, ou notez-le comme divergence."
            )
            % {"institution": section.holder.short_name}
        )
    return YES


def can_sign(actor: Actor, section: Section) -> Decision:
    """Who writes a part signs it, as long as the person lets the institution read this kind of data."""
    if not (decision := can_write(actor, section)):
        return decision
    if not is_disclosed_to(section.case, actor.institution_key, section.category):
        return no(
            _(
                "La personne n’autorise plus votre institution à lire ce type de données : votre texte reste"
                " un brouillon de votre institution et ne peut pas être partagé."
            )
        )
    return YES


def can_differ(actor: Actor, section: Section) -> Decision:
    """Another institution that may read a signed part says how it sees it."""
    if not (decision := can_work_on(actor, section.case)):
        return decision
    if section.number == 0:
        return no(_("Cette partie n’est pas encore signée : il n’y a rien à contredire."))
    if section.holder_id == actor.institution_id:
        return no(_("Votre institution écrit cette partie : modifiez-la."))
    if not is_disclosed_to(section.case, actor.institution_key, section.category):
        return no(_("La personne n’a pas autorisé votre institution à lire cette partie."))
    return YES


def can_answer(actor: Actor, difference: Difference) -> Decision:
    """The institution that holds the part answers a difference that still stands, once."""
    if not (decision := can_work_on(actor, difference.case)):
        return decision
    if difference.section.holder_id != actor.institution_id:
        return no(_("L’institution qui écrit cette partie répond."))
    if difference.settled_at is not None:
        return no(_("Cette divergence est réglée."))
    if difference.answered_at is not None:
        return no(_("Cette divergence a déjà sa réponse."))
    return YES


def can_settle(actor: Actor, difference: Difference) -> Decision:
    """Who noted a difference says that it is settled."""
    if not (decision := can_work_on(actor, difference.case)):
        return decision
    return can_change_record(actor, difference)


def diagnosis_shared(case: Case) -> Decision:
    """The gate `diagnosis.shared`: the lead said which parts are needed, and each is signed by who holds it.

    Differences that still stand do not hold the case up: they are shown beside the part.
    """
    needed = list(Section.objects.filter(case=case, is_needed=True))
    if not needed:
        return no(_("Dites d’abord quelles parties du diagnostic commun sont nécessaires."))
    missing = [str(Part(section.part).label) for section in needed if not section.is_signed]
    if missing:
        return no(
            _("Ces parties du diagnostic commun ne sont pas encore signées : %(parts)s.")
            % {"parts": ", ".join(sorted(missing))}
        )
    return YES
