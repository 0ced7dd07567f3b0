"""Prepare and send an announcement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis, CaseState, Category, EventKind, ParticipantRole
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.cases.selectors import is_disclosed_to
from accord.casework.cases.services import (
    disclose,
    disclose_under,
    expire_disclosures,
    open_draft,
    set_state,
    tell,
    tell_of_case,
)
from accord.casework.cases.services.locking import lock_case
from accord.casework.consents.selectors import active_consent
from accord.casework.consents.services import lapse_consents
from accord.casework.consents.services.granting import period_of
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Referral
from accord.casework.referrals.policies import can_announce, can_send, can_withdraw, can_write, visible_to
from accord.casework.referrals.rules import Missing, clocks, missing_in
from accord.casework.referrals.services.notifying import notify_about
from accord.casework.referrals.states import REFERRAL
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import current_programme, programme_for
from accord.people.persons.models import Person

Follow = Callable[[Actor, Referral], None]
_followers: list[Follow] = []


def when_sent(follow: Follow) -> None:
    """An app above says what else begins when an announcement is sent, such as a clock."""
    _followers.append(follow)


class Incomplete(Refused):
    """The announcement cannot leave yet; `missing` names each field and what is wrong with it."""

    def __init__(self, sentence: object, missing: list[Missing]) -> None:
        super().__init__(sentence)
        self.missing = missing


def lock_referral(by: Actor, referral_id: UUID) -> Referral:
    """The announcement and its case, locked; Referral.DoesNotExist if the actor may not see it."""
    query = Referral.objects.select_for_update(of=("self",)).select_related("case", "sender", "desk")
    if not by.is_worker:
        query = query.filter(visible_to(by))
    return query.get(pk=referral_id)


def move(referral: Referral, state: ReferralState) -> None:
    """Move it along its table and count the version; the caller saves."""
    REFERRAL.check(referral.state, state)
    referral.state = state
    referral.version += 1
    referral.updated_at = now()


@transaction.atomic
def start_referral(
    *, by: Actor, programme_slug: str, person: Person, subject: str = "", region: str = ""
) -> Referral:
    """Begin an announcement: a case that only its sender knows of, with an empty form."""
    programme = current_programme(programme_slug)
    can_announce(by, programme).require()
    if person.institution_id != by.institution_id:
        raise Refused(_("Enregistrez d’abord la personne dans votre institution."), field="person")
    if region and region not in {known.key for known in programme.regions}:
        raise Refused(_("Choisissez une région de la liste."), field="region")
    case = open_draft(by=by, programme_slug=programme_slug, person=person, subject=subject, region=region)
    return Referral.objects.create(case=case, sender_id=by.institution_id, sender_user_id=by.user_id)


@transaction.atomic
def save_draft(
    *,
    by: Actor,
    referral_id: UUID,
    version: int,
    subject: str,
    reasons: Sequence[str],
    criteria: Mapping[str, bool],
    answers: Mapping[str, Any],
    questions: str,
    announcer_kind: str = "",
    insured_informed_on: date | None = None,
    desk_id: UUID | None = None,
    page: UUID | None = None,
    by_itself: bool = False,
) -> Referral:
    """Keep the form as it is, complete or not; once the desk has it, it must stay complete.

    `page` is the open page that saves, so that a page is never in conflict with what it saved by itself.
    Raises Stale when a colleague saved it in between, Incomplete while the desk waits for a complement.
    """
    referral = lock_referral(by, referral_id)
    can_write(by, referral).require()
    saved_by_this_page = page is not None and page == referral.saved_from and not by_itself
    if referral.version != version and not saved_by_this_page:
        raise Stale(referral)
    referral.reasons, referral.criteria, referral.answers = list(reasons), dict(criteria), dict(answers)
    referral.questions, referral.announcer_kind = questions, announcer_kind
    referral.insured_informed_on = insured_informed_on
    if referral.state == ReferralState.DRAFT:
        referral.desk_id = desk_id
    referral.case.subject = subject
    if referral.state == ReferralState.ASKED_BACK:
        _check_complete(programme_for(referral.case.programme, referral.case.programme_version), referral)
    referral.version += 1
    referral.updated_at = now()
    referral.saved_from = page
    referral.save()
    referral.case.updated_at = now()
    referral.case.save(update_fields=["subject", "updated_at"])
    record(
        by=by,
        verb="saved",
        subject_kind="referral",
        subject_id=referral.pk,
        subject_label=referral.case.number,
        cases=[referral.case_id],
    )
    return referral


def _check_complete(programme: Programme, referral: Referral) -> None:
    missing = missing_in(
        programme,
        subject=referral.case.subject,
        reasons=referral.reasons,
        criteria=referral.criteria,
        answers=referral.answers,
        announcer_kind=referral.announcer_kind,
        insured_informed_on=referral.insured_informed_on,
        documents=referral.documents,
        sender_kind=referral.sender.kind,
        today=today(),
    )
    if missing:
        raise Incomplete(_("Il manque encore quelque chose à l’annonce."), missing)


def _open_the_way(by: Actor, programme: Programme, case: Case, desk: Institution) -> None:
    """What lets the desk read: its own house, the person's authorisation, or else an article of law."""
    if desk.pk == by.institution_id or is_disclosed_to(case, desk.pk, Category.IDENTITY):
        return
    for law in programme.laws_between(by.institution_kind, desk.kind, case.stage):
        if law.opens_announcement:
            disclose_under(
                by=by,
                case=case,
                programme=programme,
                law_article=law.article,
                keys=law.categories,
                to=desk.pk,
            )
    _open_authorised_again(by, case)
    if not is_disclosed_to(case, desk.pk, Category.IDENTITY):
        raise Refused(
            _(
                "Rien ne permet encore de transmettre cette annonce à %(desk)s : faites d’abord signer"
                " l’autorisation à la personne."
            )
            % {"desk": desk.short_name},
            field="desk",
        )


def _open_authorised_again(by: Actor, case: Case) -> None:
    """What closed when the announcement expired is open again while the authorisation is in force."""
    consent = active_consent(by, case)
    if consent is None or Disclosure.objects.filter(consent_id=consent.pk, valid_until__gt=Now()).exists():
        return
    starts, ends = period_of(consent)
    for grant in consent.grants.filter(ended_at__isnull=True):
        disclose(
            by=by,
            case=case,
            recipient_id=grant.recipient_id,
            categories=grant.categories,
            basis=Basis.CONSENT,
            consent_id=consent.pk,
            purpose=consent.purpose,
            valid_from=starts,
            valid_until=ends,
        )


@transaction.atomic
def send_referral(*, by: Actor, referral_id: UUID) -> Referral:
    """Send the announcement to the desk: it must be complete, and a legal way to inform the desk must exist.

    Sending twice is sending once. Raises Incomplete with what is missing, Refused without a legal way.
    """
    referral = lock_referral(by, referral_id)
    if referral.state == ReferralState.SENT and referral.sender_id == by.institution_id:
        return referral
    can_send(by, referral).require()
    case = lock_case(by, referral.case_id)
    programme = programme_for(case.programme, case.programme_version)
    _check_complete(programme, referral)
    desk = referral.desk
    if desk is None or desk.kind != programme.desk.kind or not desk.is_active:
        raise Refused(_("Choisissez le bureau auquel l’annonce est adressée."), field="desk")
    _open_the_way(by, programme, case, desk)
    move(referral, ReferralState.SENT)
    referral.sent_at, referral.received_at, referral.reminders = now(), None, 0
    referral.next_reminder_on, referral.expires_on = clocks(programme, today())
    referral.save()
    set_state(case, CaseState.ANNOUNCED)
    tell_of_case(case, desk.pk)
    Participant.objects.get_or_create(
        case=case, institution=desk, left_at__isnull=True, defaults={"role": ParticipantRole.DESK}
    )
    tell(by=by, case=case, kind=EventKind.ANNOUNCED, data={"desk": desk.short_name})
    if desk.pk != by.institution_id:
        notify_about(referral, "referral.received", desk.pk)
    for follow in _followers:
        follow(by, referral)
    return referral


@transaction.atomic
def withdraw_referral(*, by: Actor, referral_id: UUID, reason: str) -> Referral:
    """The sender takes the announcement back; the desk no longer sees anything of it."""
    referral = lock_referral(by, referral_id)
    can_withdraw(by, referral).require()
    was_sent = referral.sent_at is not None
    move(referral, ReferralState.WITHDRAWN)
    referral.decision_sentence = reason
    referral.next_reminder_on = None
    referral.save()
    case = lock_case(by, referral.case_id)
    set_state(case, CaseState.WITHDRAWN)
    tell(by=by, case=case, kind=EventKind.WITHDRAWN)
    if was_sent and referral.desk_id and referral.desk_id != by.institution_id:
        notify_about(referral, "referral.withdrawn", referral.desk_id)
    lapse_consents(by=by, case=case, because="withdrawn")
    expire_disclosures(case, because="withdrawn")
    return referral
