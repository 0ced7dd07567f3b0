"""Who may bring in a document, and which may be opened."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accord.foundation.documents.enums import ScanState
from accord.foundation.documents.models import Document
from accord.kernel.actors import Actor
from accord.kernel.decisions import YES, Decision, no


def can_store(actor: Actor, institution_id: UUID | None = None) -> Decision:
    """Whoever acts for an institution may bring in a document for it: a member, its counter for the public, or
    the worker for the one that it names."""
    if actor.institution_id is not None and institution_id in (None, actor.institution_id):
        return YES
    if actor.is_worker and institution_id is not None:
        return YES
    return no(_("Vous n’agissez pour aucune institution ; un document doit appartenir à l’une d’elles."))


def can_read(actor: Actor, document: Document) -> Decision:
    """The institution that brought it in knows of it; apps above add who else may."""
    if actor.is_worker or (actor.institution_id and document.institution_id == actor.institution_id):
        return YES
    return no("")


def visible_to(actor: Actor) -> Q:
    """The documents of the actor's institution; the same as `can_read`."""
    if actor.is_worker:
        return Q()
    return Q(institution_id=actor.institution_id) if actor.institution_id else Q(pk__in=[])


def may_be_opened(document: Document) -> Decision:
    """Only what the examination has released; the sentence says why not."""
    if document.scan_state == ScanState.CLEAN:
        return YES
    if document.scan_state == ScanState.PENDING:
        return no(_("Ce document est en cours d’analyse ; réessayez dans quelques minutes."))
    return no(
        _("Ce document est retenu et ne peut pas être ouvert. %(reason)s")
        % {"reason": document.get_scan_finding_display()}
    )
