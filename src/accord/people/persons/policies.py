"""Who may see and correct a person. The same rules stand in the database as row-level security."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.models import Institution
from accord.network.institutions.policies import works_on_cases
from accord.people.persons.models import InstitutionFile, Person


def visible_to(actor: Actor) -> Q:
    """Persons whom the actor's institution registered; the cases add those of whom it was told."""
    return Q(institution_id=actor.institution_id)


def files_visible_to(actor: Actor) -> Q:
    """The files of the actor's own institution."""
    return Q(institution_id=actor.institution_id)


def can_register(actor: Actor) -> Decision:
    """Those who work on cases register persons."""
    return works_on_cases(actor)


def can_correct(actor: Actor, person: Person) -> Decision:
    """Only the institution that registered the person corrects her particulars."""
    if not (decision := works_on_cases(actor)):
        return decision
    if person.institution_id != actor.institution_id:
        return no(_("Seule l’institution qui a enregistré cette personne peut corriger ses données."))
    return YES


def can_hold_avs(institution: Institution) -> Decision:
    """The AVS number is only for institutions that the law entitles to use it (LAVS art. 153b ss)."""
    if institution.may_hold_avs:
        return YES
    return no(
        _(
            "Votre institution n’est pas autorisée à utiliser le numéro AVS (LAVS art. 153b ss) :"
            " laissez ce champ vide."
        )
    )


def can_keep_files(actor: Actor) -> Decision:
    """Those who work on cases open and close their institution's files."""
    return works_on_cases(actor)


def can_close(actor: Actor, file: InstitutionFile) -> Decision:
    """An institution closes its own file, once."""
    if not (decision := can_keep_files(actor)):
        return decision
    if file.institution_id != actor.institution_id:
        return no(_("Ce dossier appartient à une autre institution."))
    if file.closed_on is not None:
        return no(_("Ce dossier est déjà fermé."))
    return YES
