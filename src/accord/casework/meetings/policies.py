"""Who may see, plan, answer and sign. The same rules stand in the database as row-level security."""

from __future__ import annotations

from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience
from accord.casework.cases.models import Case
from accord.casework.cases.policies import can_work_on, records_visible_to
from accord.casework.meetings.enums import MeetingState, MinutesState
from accord.casework.meetings.models import Meeting, Minutes, MinutesSignature, Reply, Room, Seat
from accord.casework.meetings.rules import assessment_kinds
from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import YES, Decision, no
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.network.institutions.policies import administers, works_on_cases
from accord.network.programmes.selectors import programme_for

meetings_visible_to = records_visible_to
"""A meeting is a record of its case."""


def of_visible_meetings(actor: Actor) -> Q:
    """Seats and mails of a meeting, for those who see the meeting."""
    return Q(meeting__in=Meeting.objects.filter(meetings_visible_to(actor)))


def invitations_visible_to(actor: Actor) -> Q:
    """Mails to colleagues are no business of the insured person."""
    return Q(pk__in=[]) if actor.is_insured else of_visible_meetings(actor)


def replies_visible_to(actor: Actor) -> Q:
    """Replies put aside: for who organises the meeting of which they speak; those of none for administrators."""
    if actor.institution_id is None:
        return Q(pk__in=[])
    me = actor.institution_id
    administering = Membership.objects.filter(
        Membership.current(now()), institution_id=me, user_id=actor.user_key, role=Role.ADMINISTRATOR
    )
    return ~Q(fault="") & (
        Q(Exists(administering), meeting__isnull=True)
        | Q(meeting__in=Meeting.objects.filter(owner_id=me))
        | Q(meeting__in=Meeting.objects.filter(meetings_visible_to(actor), case__lead_id=me))
    )


def sorts_replies(actor: Actor) -> Decision:
    """Open to those who work on cases, and to administrators."""
    return YES if administers(actor) else works_on_cases(actor)


def signatures_visible_to(actor: Actor) -> Q:
    """Signatures under minutes that one reads."""
    return Q(minutes__in=Minutes.objects.filter(records_visible_to(actor)))


def organises(actor: Actor, meeting: Meeting) -> bool:
    """The institution that called the meeting, and the one that leads the case."""
    return actor.institution_id is not None and actor.institution_id in (
        meeting.owner_id,
        meeting.case.lead_id,
    )


def can_schedule(actor: Actor, case: Case, *, is_participant: bool | None = None) -> Decision:
    """Every institution that takes part may call a meeting."""
    return can_work_on(actor, case, is_participant=is_participant)


def can_organise(actor: Actor, meeting: Meeting) -> Decision:
    """Those who organise it change a meeting as long as it is planned."""
    if not (decision := works_on_cases(actor)):
        return decision
    if not organises(actor, meeting):
        return no(_("Seule l’institution qui organise la rencontre, ou qui conduit le dossier, la modifie."))
    if meeting.state == MeetingState.CANCELLED:
        return no(_("Cette rencontre est annulée."))
    if meeting.state == MeetingState.HELD:
        return no(_("Cette rencontre a déjà eu lieu."))
    return YES


def can_hold(actor: Actor, meeting: Meeting) -> Decision:
    """Who came is noted once the meeting has begun."""
    if not (decision := can_organise(actor, meeting)):
        return decision
    if meeting.starts_at > now():
        return no(_("Cette rencontre n’a pas encore commencé."))
    return YES


def can_answer(actor: Actor, seat: Seat) -> Decision:
    """One answers for oneself, as long as the meeting is planned."""
    if seat.user_id != actor.user_id:
        return no(_("Cette invitation est adressée à une autre personne."))
    if seat.meeting.state != MeetingState.PLANNED:
        return no(_("Cette rencontre n’attend plus de réponse."))
    return YES


def can_attach(actor: Actor, reply: Reply) -> Decision:
    """Who organises the meeting notes what a reply says that was put aside."""
    if reply.meeting is None or not reply.answer:
        return no(
            _("Cette réponse ne dit pas de quelle rencontre elle parle : elle ne peut qu’être écartée.")
        )
    if reply.settled_at is not None:
        return no(_("Cette réponse est déjà traitée."))
    return can_organise(actor, reply.meeting)


def can_answer_as_person(actor: Actor, meeting: Meeting) -> Decision:
    """The insured person answers, at her window, for a meeting of her own case to which she is asked."""
    if not actor.is_insured or meeting.case_id != actor.window_case_id or not meeting.person_present:
        return no(_("Cette invitation ne vous est pas adressée."))
    if meeting.state != MeetingState.PLANNED:
        return no(_("Cette rencontre n’attend plus de réponse."))
    return YES


def can_draft_minutes(actor: Actor, meeting: Meeting) -> Decision:
    """Whoever has a seat, or had one, or organises keeps a draft of her institution’s own, whatever happens."""
    if not (decision := works_on_cases(actor)):
        return decision
    if meeting.state == MeetingState.CANCELLED:
        return no(_("Cette rencontre est annulée."))
    seated = Seat.ever.filter(meeting=meeting, institution_id=actor.institution_key).exists()
    if not seated and not organises(actor, meeting):
        return no(_("Votre institution n’a pas de place à cette rencontre."))
    return YES


def can_sign_minutes(actor: Actor, minutes: Minutes) -> Decision:
    """The institution that wrote it signs first; then those that were there."""
    if not (decision := can_work_on(actor, minutes.case)):
        return decision
    if MinutesSignature.objects.filter(minutes=minutes, institution_id=actor.institution_key).exists():
        return no(_("Votre institution a déjà signé ce procès-verbal."))
    if minutes.state == MinutesState.DRAFT:
        return (
            YES
            if minutes.owner_id == actor.institution_id
            else no(_("Ce brouillon appartient à une autre institution."))
        )
    if Minutes.objects.filter(amends=minutes, state=MinutesState.SIGNED).exists():
        return no(_("Une version plus récente remplace ce procès-verbal."))
    if minutes.audience == Audience.OWN or not _was_there(actor, minutes.meeting):
        return no(_("Seules les institutions présentes à la rencontre signent son procès-verbal."))
    return YES


def _was_there(actor: Actor, meeting: Meeting) -> bool:
    there = Seat.objects.filter(meeting=meeting, institution_id=actor.institution_key, attended=True)
    return there.exists()


def can_amend(actor: Actor, minutes: Minutes) -> Decision:
    """Its author’s institution amends what it has signed, by a new version."""
    if not (decision := can_work_on(actor, minutes.case)):
        return decision
    if minutes.owner_id != actor.institution_id:
        return no(_("Seule l’institution qui a écrit ceci peut le modifier."))
    if minutes.state != MinutesState.SIGNED or Minutes.objects.filter(amends=minutes).exists():
        return no(_("Une version plus récente est déjà préparée."))
    return YES


def can_keep_room(actor: Actor, room: Room) -> Decision:
    """An administrator keeps the rooms of her own institution."""
    if not (decision := administers(actor)):
        return decision
    if room.site.institution_id != actor.institution_id:
        return no(_("Cette salle appartient à une autre institution."))
    return YES


def assessment_held(case: Case) -> Decision:
    """The gate `assessment.held`: an assessment took place, and the person came."""
    kinds = assessment_kinds(programme_for(case.programme, case.programme_version))
    held = Meeting.objects.filter(case=case, kind__in=kinds, state=MeetingState.HELD, person_absent=False)
    if held.exists():
        return YES
    return no(_("L’évaluation avec la personne n’a pas encore eu lieu : notez les présences à la rencontre."))
