"""Write, sign and amend minutes.

While one writes, the text is a draft of one's own institution: whatever happens to the authorisation or to
one's part in the case meanwhile, nothing is lost. At the first signature it is shown to those to whom it is
addressed and who may read it at that moment; from then on it never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.selectors import is_disclosed_to
from accord.casework.cases.services import tell
from accord.casework.cases.services.locking import lock_case
from accord.casework.meetings.enums import SECTION_WORDS, MeetingState, MinutesState
from accord.casework.meetings.models import Meeting, Minutes, MinutesSignature, Seat
from accord.casework.meetings.policies import can_amend, can_draft_minutes, can_sign_minutes
from accord.casework.meetings.selectors import meeting_for, minutes_for
from accord.casework.meetings.services.notifying import notify_users
from accord.casework.meetings.states import MINUTES
from accord.foundation.accounts.models import User
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused, Stale
from accord.network.programmes.selectors import programme_for


@transaction.atomic
def write_minutes(
    *,
    by: Actor,
    meeting_id: UUID,
    sections: Mapping[str, str],
    category: int,
    audience: str,
    minutes_id: UUID | None = None,
    version: int = 0,
    page: UUID | None = None,
    by_itself: bool = False,
) -> Minutes:
    """Keep what was typed as the institution’s own draft, complete or not.

    `page` is the open page that saves, so that a page is never in conflict with what it saved by itself.
    Raises Stale when a colleague saved the draft in between.
    """
    meeting = meeting_for(by, meeting_id)
    can_draft_minutes(by, meeting).require()
    _check_addressees(meeting, category, audience)
    draft = _draft(by, meeting, minutes_id, page)
    saved_by_this_page = page is not None and page == draft.saved_from and not by_itself
    is_new = draft._state.adding
    if not is_new and draft.version != version and not saved_by_this_page:
        raise Stale(draft)
    draft.sections = {key: sections.get(key, "").strip() for key in SECTION_WORDS}
    draft.category, draft.addressed_to = category, audience
    draft.author_id, draft.saved_from, draft.updated_at = by.user_id, page, now()
    draft.version = 1 if is_new else draft.version + 1
    draft.save()
    _keep(by, draft, "saved")
    return draft


def _check_addressees(meeting: Meeting, category: int, audience: str) -> None:
    programme = programme_for(meeting.case.programme, meeting.case.programme_version)
    if audience not in Audience.values:
        raise Refused(_("Choisissez à qui le procès-verbal s’adresse."), field="audience")
    if category not in {kind.mask for kind in programme.categories}:
        raise Refused(_("Choisissez un type de données de la liste."), field="category")


def _draft(by: Actor, meeting: Meeting, minutes_id: UUID | None, page: UUID | None) -> Minutes:
    """The draft to write on: the one named, the one that this page began, or a new one."""
    own = Minutes.objects.select_for_update(of=("self",)).filter(
        meeting=meeting, owner_id=by.institution_key, state=MinutesState.DRAFT
    )
    if minutes_id is not None:
        found = own.filter(pk=minutes_id).first()
        if found is None:
            raise Refused(_("Ce procès-verbal est signé : préparez une nouvelle version."))
        return found
    begun = own.filter(saved_from=page).first() if page is not None else None
    return begun or Minutes(
        case_id=meeting.case_id, meeting=meeting, owner_id=by.institution_key, audience=Audience.OWN
    )


@transaction.atomic
def sign_minutes(*, by: Actor, minutes_id: UUID, version: int) -> Minutes:
    """Stand by the minutes in the name of one’s institution; the first signature shows them to the others.

    Signing twice is signing once. Raises Stale when the draft changed since it was read.
    """
    minutes = minutes_for(by, minutes_id)
    if MinutesSignature.objects.filter(minutes=minutes, institution_id=by.institution_key).exists():
        return minutes
    case = lock_case(by, minutes.case_id)
    can_sign_minutes(by, minutes).require()
    if minutes.state == MinutesState.DRAFT:
        _publish(by, minutes, version)
    MinutesSignature.objects.create(minutes=minutes, institution_id=by.institution_key, user_id=by.user_id)
    if minutes.audience == Audience.OWN:
        _keep(by, minutes, "signed")
    else:
        tell(
            by=by,
            case=case,
            kind=EventKind.MINUTES_SIGNED,
            data={"kind": minutes.meeting.kind, "edition": minutes.edition},
            category=Category(minutes.category or 0),
        )
    return minutes


def _publish(by: Actor, minutes: Minutes, version: int) -> None:
    locked = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
    if locked.version != version:
        raise Stale(locked)
    if minutes.meeting.state != MeetingState.HELD:
        raise Refused(_("Notez d’abord qui était présent : la rencontre doit avoir eu lieu."))
    if not any(minutes.sections.values()):
        raise Refused(_("Écrivez d’abord le procès-verbal."))
    if minutes.addressed_to != Audience.OWN and not may_share(by, minutes):
        raise Refused(
            _(
                "L’autorisation de la personne ne couvre plus ces données pour votre institution :"
                " le texte est gardé comme brouillon, il ne peut pas être communiqué."
            )
        )
    MINUTES.check(minutes.state, MinutesState.SIGNED)
    minutes.state, minutes.audience = MinutesState.SIGNED, minutes.addressed_to
    minutes.version += 1
    minutes.updated_at = now()
    minutes.save(update_fields=["state", "audience", "version", "updated_at"])
    if minutes.audience != Audience.OWN:
        _ask_signatures(by, minutes)


def may_share(by: Actor, minutes: Minutes) -> bool:
    """Whether this kind of data is disclosed to the writer’s institution now, so that she may pass it on."""
    if minutes.case.lead_id == by.institution_id or minutes.category is None:
        return True
    return is_disclosed_to(minutes.case, by.institution_key, minutes.category)


def _ask_signatures(by: Actor, minutes: Minutes) -> None:
    """Ask the others who were there, and may read it, for their signature."""
    there = Seat.objects.filter(meeting=minutes.meeting, attended=True).exclude(
        institution_id=by.institution_key
    )
    seated: dict[UUID, list[User]] = {}
    for seat in there.select_related("user"):
        seated.setdefault(seat.institution_id, []).append(seat.user)
    for institution_id, users in seated.items():
        if is_disclosed_to(minutes.case, institution_id, minutes.category or 0):
            notify_users(minutes.meeting, users, institution_id, "meeting.minutes")


@transaction.atomic
def amend_minutes(*, by: Actor, minutes_id: UUID) -> Minutes:
    """Begin a new version of signed minutes; the signed one stays as it is, until the new one is signed."""
    minutes = minutes_for(by, minutes_id)
    lock_case(by, minutes.case_id)
    can_amend(by, minutes).require()
    draft = Minutes.objects.create(
        case_id=minutes.case_id,
        meeting_id=minutes.meeting_id,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=minutes.category,
        audience=Audience.OWN,
        addressed_to=minutes.audience,
        sections=minutes.sections,
        edition=minutes.edition + 1,
        amends=minutes,
    )
    _keep(by, draft, "prepared")
    return draft


def _keep(by: Actor, minutes: Minutes, verb: str) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="minutes",
        subject_id=minutes.pk,
        subject_label=minutes.meeting.case.number,
        cases=[minutes.case_id],
        data={"edition": minutes.edition},
    )
