"""Who takes part, and who is behind it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accord.casework.cases.enums import ParticipantRole
from accord.casework.cases.models import Case, Participant
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.casework.window.selectors.own import name_of, own_participants
from accord.kernel.actors import Actor


def participants(actor: Actor, case: Case) -> Chapter:
    """The institutions that work together for her, with a name and a telephone number."""
    found = own_participants(actor, case)
    return Chapter(
        "participants",
        _("Qui participe"),
        (_("Ces institutions travaillent ensemble pour vous. Vous pouvez les appeler."),),
        tuple(
            Item(one.institution.name, tuple(_lines(one, is_lead=one.institution_id == case.lead_id)))
            for one in found
        ),
    )


def _lines(one: Participant, *, is_lead: bool) -> Iterable[str]:
    roles = {
        ParticipantRole.ANNOUNCER: _("Elle a demandé ce travail commun."),
        ParticipantRole.DESK: _("Elle reçoit les demandes et les répartit."),
        ParticipantRole.INFORMED: _("Elle est informée."),
    }
    yield (
        _("Elle répond de votre situation.")
        if is_lead
        else roles.get(ParticipantRole(one.role), _("Elle vous accompagne."))
    )
    if name := name_of(one):
        yield _("Votre personne de contact : %(name)s") % {"name": name}
    if one.institution.phone:
        yield _("Téléphone : %(phone)s") % {"phone": one.institution.phone}
