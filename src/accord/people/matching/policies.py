"""Who may compare, merge and ask. The same rules stand in the database as row-level security."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.policies import works_on_cases
from accord.people.matching.models import Merge
from accord.people.persons.models import Person


def visible_to(actor: Actor) -> Q:
    """Pairs, merges and questions of the actor's own institution."""
    return Q(institution_id=actor.institution_key)


def can_merge(actor: Actor, kept: Person, gone: Person) -> Decision:
    """An institution merges two registrations of its own, each of which still stands."""
    if not (decision := works_on_cases(actor)):
        return decision
    if {kept.institution_id, gone.institution_id} != {actor.institution_id}:
        return no(_("Seule l’institution qui a enregistré ces deux personnes peut les réunir."))
    if kept.pk == gone.pk:
        return no(_("Choisissez deux personnes."))
    if kept.merged_into_id or gone.merged_into_id:
        return no(_("L’une de ces personnes est déjà réunie avec une autre."))
    return YES


def can_undo(actor: Actor, merge: Merge) -> Decision:
    """Whoever works on cases there undoes a merge of her institution, once."""
    if not (decision := works_on_cases(actor)):
        return decision
    if merge.institution_id != actor.institution_id:
        return no(_("Cette réunion appartient à une autre institution."))
    if merge.undone_at is not None:
        return no(_("Cette réunion est déjà annulée."))
    return YES


def can_ask(actor: Actor) -> Decision:
    """Those who work on cases ask who else follows a person of theirs."""
    return works_on_cases(actor)
