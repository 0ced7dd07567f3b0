"""Speak with a treating doctor: what was learnt is kept while one writes, and counts with a release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.medical.enums import Means
from accord.casework.medical.models import DoctorContact, Release, TreatingDoctor
from accord.casework.medical.policies import can_contact, held_or_told
from accord.casework.medical.rules.releasing import Released, fault_of_releases
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import YES, Decision, Refused, Stale, no


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a doctor types about a contact, complete or not."""

    on: date | None
    means: str
    learnt: str


def may_be_asked(by: Actor, treating: TreatingDoctor, *, on: date | None = None) -> Decision:
    """Whether the person’s written release lets one speak with this doctor on a day; today unless said."""
    releases = Release.objects.filter(held_or_told(by), treating=treating)
    fault = fault_of_releases(
        (Released(one.signed_on, one.valid_until, one.revoked_at) for one in releases), on or today()
    )
    sentences = {
        "none": _(
            "La personne n’a pas délié ce médecin du secret par écrit : faites signer la levée du secret"
            " et enregistrez la feuille avant de le joindre."
        ),
        "revoked": _("La personne a révoqué la levée du secret : ce médecin ne peut plus être joint."),
        "expired": _("La levée du secret ne couvre pas ce jour : demandez une nouvelle signature."),
    }
    return no(sentences[fault]) if fault else YES


@transaction.atomic
def write_contact(
    *,
    by: Actor,
    treating_id: UUID,
    typed: Learnt,
    version: int = 0,
    page: UUID | None = None,
    by_itself: bool = False,
) -> DoctorContact:
    """Keep what is being typed as the doctor’s own draft, whatever happens to the release meanwhile.

    Without any release a contact is not even begun. Raises Stale when another page of hers saved in between.
    """
    treating = TreatingDoctor.objects.select_related("case").get(held_or_told(by), pk=treating_id)
    can_contact(by, treating.case).require()
    draft = _draft(by, treating)
    is_new = draft._state.adding
    if is_new:
        may_be_asked(by, treating).require()
    saved_by_this_page = page is not None and page == draft.saved_from and not by_itself
    if not is_new and draft.version != version and not saved_by_this_page:
        raise Stale(draft)
    if page is None or draft.saved_from != page:
        _record(by, draft, "saved")
    draft.on, draft.means, draft.learnt = typed.on, typed.means or Means.PHONE, typed.learnt
    draft.saved_from, draft.updated_at = page, now()
    draft.version = 1 if is_new else draft.version + 1
    draft.save()
    return draft


def _draft(by: Actor, treating: TreatingDoctor) -> DoctorContact:
    own = DoctorContact.objects.select_for_update(of=("self",)).filter(
        treating=treating, author_id=by.user_key, kept_at__isnull=True
    )
    return own.first() or DoctorContact(
        case_id=treating.case_id,
        service_id=by.institution_key,
        treating=treating,
        author_id=by.user_key,
    )


@transaction.atomic
def keep_contact(*, by: Actor, contact_id: UUID) -> DoctorContact:
    """Note the contact for good. A release revoked meanwhile refuses it; the text stays a draft.

    Keeping twice is keeping once.
    """
    contact = (
        DoctorContact.objects.select_for_update(of=("self",))
        .select_related("treating__case")
        .get(service_id=by.institution_key, author_id=by.user_key, pk=contact_id)
    )
    if contact.kept_at is not None:
        return contact
    can_contact(by, contact.treating.case).require()
    _check_whole(contact)
    may_be_asked(by, contact.treating, on=contact.on).require()
    contact.release = _release_of(contact)
    contact.kept_at = contact.updated_at = now()
    contact.save(update_fields=["release", "kept_at", "updated_at"])
    _record(by, contact, "contact_kept")
    return contact


def _record(by: Actor, contact: DoctorContact, verb: str) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="doctor contact",
        subject_id=contact.pk,
        subject_label=contact.treating.case.number,
        cases=[contact.case_id],
    )


def _check_whole(contact: DoctorContact) -> None:
    if contact.on is None:
        raise Refused(_("Dites quel jour vous avez joint ce médecin."), field="on")
    if contact.on > today():
        raise Refused(_("Ce jour est dans le futur."), field="on")
    if not contact.learnt.strip():
        raise Refused(_("Notez ce que vous avez appris."), field="learnt")


def _release_of(contact: DoctorContact) -> Release | None:
    running = Release.objects.filter(
        treating=contact.treating,
        revoked_at__isnull=True,
        signed_on__lte=contact.on,
        valid_until__gte=contact.on,
    )
    return running.first()
