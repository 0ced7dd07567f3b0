"""Serve a préavis on those affected, hear them for thirty days, record the decision (RAI art. 73bis)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category, EventKind
from accord.casework.cases.models import Case
from accord.casework.cases.services import disclose_by_law, notify_institution, tell, touch
from accord.casework.cases.services.locking import lock_case, lock_record
from accord.casework.detection.enums import Affected, Position, Subject
from accord.casework.detection.models import Notice, NoticeParty
from accord.casework.detection.policies import (
    can_decide,
    can_take_position,
    can_work_as_ai_office,
    parties_visible_to,
)
from accord.casework.detection.rules import (
    AFFECTED_KINDS,
    LAW,
    check_day,
    may_decide,
    notice_days,
    objections_until,
)
from accord.casework.detection.selectors import institutions_affected, notifying_circle
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme

LONGEST_TEXT = 2_000
LONGEST_NAME = 120


@transaction.atomic
def serve_notice(
    *,
    by: Actor,
    case_id: UUID,
    subject: str,
    summary: str,
    sent_on: date,
    institutions: Collection[UUID],
    outside: Mapping[str, str] | None = None,
) -> Notice:
    """Serve a préavis on the person and on those whose duty to pay it touches; each has thirty days.

    `institutions` take part in Accord and are informed by the article; `outside` names others, by what they
    are. Raises Refused for a day that is wrong, an empty text, or an institution that the article does not
    name.
    """
    case = lock_case(by, case_id)
    can_work_as_ai_office(by, case).require()
    programme = notifying_circle(by, case)
    days = notice_days(programme) if programme else None
    if programme is None or days is None:
        raise Refused(_("Aucun cercle de ce dossier ne connaît le préavis."))
    _check_notice(case, subject, summary, sent_on)
    named = {kind: name.strip() for kind, name in (outside or {}).items() if name.strip()}
    _check_outside(named)
    chosen = _chosen(by, case, programme, institutions)
    notice = Notice.objects.create(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=Category.BENEFITS,
        audience=Audience.PERSON,
        subject=subject,
        summary=summary.strip(),
        sent_on=sent_on,
        objections_until=objections_until(sent_on, days),
    )
    NoticeParty.objects.bulk_create(_parties(notice, chosen, named))
    tell(
        by=by,
        case=case,
        kind=EventKind.NOTICE,
        data={"until": notice.objections_until.isoformat()},
        category=Category.BENEFITS,
    )
    circle = "" if programme.slug == case.programme else programme.slug
    for institution in chosen:
        disclose_by_law(
            by=by,
            case_id=case.pk,
            law_key=LAW,
            recipient_id=institution.pk,
            circle=circle,
            told_as="notice.served",
        )
    return notice


def _check_notice(case: Case, subject: str, summary: str, sent_on: date) -> None:
    if subject not in Subject.values:
        raise Refused(_("Choisissez un objet de la liste."), field="subject")
    if not 0 < len(summary.strip()) <= LONGEST_TEXT:
        raise Refused(_("Dites en quelques phrases ce qui est prévu."), field="summary")
    problem = check_day(sent_on, earliest=case.created_at.date(), today=today())
    if problem == "future":
        raise Refused(_("Cette date est dans le futur."), field="sent_on")
    if problem == "early":
        raise Refused(_("Le dossier n’existait pas encore à cette date."), field="sent_on")


def _check_outside(named: Mapping[str, str]) -> None:
    for kind, name in named.items():
        if kind not in Affected.values or kind == Affected.INSURED or len(name) > LONGEST_NAME:
            raise Refused(_("Ce destinataire n’est pas prévu pour un préavis."), field=f"outside_{kind}")


def _chosen(by: Actor, case: Case, programme: Programme, institutions: Collection[UUID]) -> list[Institution]:
    possible = {one.pk: one for one in institutions_affected(by, case, programme)}
    if strangers := set(institutions) - set(possible):
        raise Refused(
            _("L’article ne permet pas d’informer cette institution : %(count)d.")
            % {"count": len(strangers)},
            field="institutions",
        )
    return [one for key, one in possible.items() if key in set(institutions)]


def _parties(notice: Notice, chosen: Collection[Institution], named: Mapping[str, str]) -> list[NoticeParty]:
    common = {"notice": notice, "case": notice.case}
    return [
        NoticeParty(kind=Affected.INSURED, **common),
        *(NoticeParty(kind=AFFECTED_KINDS[one.kind], institution=one, **common) for one in chosen),
        *(NoticeParty(kind=kind, name=name, **common) for kind, name in named.items()),
    ]


@transaction.atomic
def record_position(
    *, by: Actor, party_id: UUID, position: str, position_on: date, text: str = ""
) -> NoticeParty:
    """Take position within the period, or renounce; said once, it stands. Twice the same is once.

    Raises Refused after the last day: the decision may follow without hearing that party any more.
    """
    party = NoticeParty.objects.filter(parties_visible_to(by)).select_related("notice").get(pk=party_id)
    case = lock_case(by, party.case_id)
    can_take_position(by, party).require()
    party = NoticeParty.objects.select_for_update(of=("self",)).select_related("notice").get(pk=party_id)
    if party.position == position and party.position_on == position_on:
        return party
    if party.position:
        raise Refused(_("Cette partie a déjà répondu au préavis."), field="position")
    _check_position(party, position, position_on, text)
    party.position, party.position_on, party.position_text = position, position_on, text.strip()
    party.recorded_by_id = by.user_id
    party.save()
    touch(case)
    record(
        by=by,
        verb="took position",
        subject_kind="notice",
        subject_id=party.notice_id,
        subject_label=case.number,
        cases=[case.pk],
    )
    if party.notice.owner_id != by.institution_id:
        notify_institution(kind="notice.position", case=case, institution_id=party.notice.owner_id)
    return party


def _check_position(party: NoticeParty, position: str, on: date, text: str) -> None:
    if position not in (Position.TAKEN, Position.RENOUNCED):
        raise Refused(_("Dites si vous prenez position ou si vous y renoncez."), field="position")
    if position == Position.TAKEN and not text.strip():
        raise Refused(_("Résumez la prise de position en une phrase."), field="text")
    if len(text) > LONGEST_TEXT:
        raise Refused(_("Au plus %(length)d caractères.") % {"length": LONGEST_TEXT}, field="text")
    notice = party.notice
    problem = check_day(on, earliest=notice.sent_on, today=today())
    if problem == "future":
        raise Refused(_("Cette date est dans le futur."), field="position_on")
    if problem == "early":
        raise Refused(_("Le préavis n’était pas encore envoyé à cette date."), field="position_on")
    if on > notice.objections_until:
        raise Refused(
            _("Le délai du préavis a pris fin le %(day)s.") % {"day": f"{notice.objections_until:%d.%m.%Y}"},
            field="position_on",
        )


@transaction.atomic
def record_decision(*, by: Actor, notice_id: UUID, version: int, decided_on: date) -> Notice:
    """Record the day of the decision: after the last day, or once every party has answered."""
    notice = lock_record(by, Notice, notice_id, can_decide)
    if notice.decided_on == decided_on:
        return notice
    if notice.version != version:
        raise Stale(notice)
    if notice.decided_on is not None:
        raise Refused(_("La décision est déjà enregistrée."), field="decided_on")
    problem = check_day(decided_on, earliest=notice.sent_on, today=today())
    if problem:
        raise Refused(
            _("Cette date est dans le futur.")
            if problem == "future"
            else _("Le préavis n’était pas encore envoyé à cette date."),
            field="decided_on",
        )
    positions = notice.parties.values_list("position", flat=True)
    if not may_decide(notice.objections_until, decided_on, positions):
        raise Refused(
            _("Les parties ont jusqu’au %(day)s pour prendre position : attendez, ou leurs réponses.")
            % {"day": f"{notice.objections_until:%d.%m.%Y}"},
            field="decided_on",
        )
    notice.decided_on = decided_on
    notice.version += 1
    notice.updated_at = now()
    notice.save(update_fields=["decided_on", "version", "updated_at"])
    touch(notice.case)
    record(
        by=by,
        verb="decided",
        subject_kind="notice",
        subject_id=notice.pk,
        subject_label=notice.case.number,
        cases=[notice.case_id],
    )
    served = notice.parties.filter(institution__isnull=False).values_list("institution_id", flat=True)
    for institution_id in served:
        assert institution_id is not None
        notify_institution(kind="notice.decided", case=notice.case, institution_id=institution_id)
    return notice
