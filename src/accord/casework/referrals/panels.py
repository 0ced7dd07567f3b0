"""Announcements as they are read: block by block with its category, in the worklist, in the case page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accord.casework.capacity.models import IncapacityPeriod
from accord.casework.capacity.rules import longest_run
from accord.casework.capacity.selectors import periods_of
from accord.casework.cases.models import Case, CaseDocument
from accord.casework.cases.panels import why_hidden, why_shown
from accord.casework.cases.selectors import Sight
from accord.casework.referrals.enums import ReferralState
from accord.casework.referrals.models import Referral
from accord.casework.referrals.rules import QUESTIONS_CATEGORY, REASONS_CATEGORY, hints_for, unmet_criteria
from accord.casework.referrals.selectors import ReferralToDo, referral_of, referrals_on_worklist
from accord.foundation.documents.enums import MediaType, ScanState
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.kernel.periods import PartialDate
from accord.network.programmes.rules import FormField, Programme
from accord.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the form and its answer, as words."""

    label: str
    value: str
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """A document that came with the announcement."""

    title: str
    url: str
    kind: str
    size: int
    at: datetime
    state: str

    @classmethod
    def of(cls, filed: CaseDocument) -> Attached:
        """As its tile shows it; one that is held back cannot be opened."""
        document = filed.document
        held_back = "scanning" if document.scan_state == ScanState.PENDING else "quarantined"
        return cls(
            title=filed.title,
            url=reverse("cases:document", args=[filed.pk]),
            kind=str(MediaType(document.media_type).label),
            size=document.size,
            at=filed.created_at,
            state="clean" if document.is_released else held_back,
        )


@dataclass(frozen=True, slots=True)
class Block:
    """What belongs to one kind of data: its lines and documents, or why they are hidden."""

    key: str
    title: str
    why: str
    hidden_because: str = ""
    lines: list[Line] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    criteria: list[tuple[str, bool, str]] = field(default_factory=list)
    documents: list[Attached] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def blocks_of(
    programme: Programme, referral: Referral, sight: Sight, documents: Iterable[CaseDocument]
) -> list[Block]:
    """The announcement by kind of data, in the programme's order; the sender reads all that it wrote."""
    language = get_language() or "fr"
    filed = {str(found.pk): found for found in documents}
    blocks = []
    for category in programme.categories:
        fields = [f for f in programme.form_fields if f.category == category.key]
        expected = [d for d in programme.documents if d.category == category.key]
        is_base, is_medical = category.key == REASONS_CATEGORY, category.key == QUESTIONS_CATEGORY
        if not (fields or expected or is_base or (is_medical and referral.questions)):
            continue
        title = category.label.in_(language)
        is_own = referral.sender_id == sight.institution_id
        if not is_own and (hidden := why_hidden(sight, category.mask, programme)):
            blocks.append(Block(category.key, title, "", hidden))
            continue
        lines = [
            Line(
                f.label.in_(language), answer_in_words(f, referral.answers.get(f.key)), f.kind == "long_text"
            )
            for f in fields
            if referral.answers.get(f.key) not in (None, "")
        ]
        if is_medical and referral.questions:
            lines.append(Line(_("Questions particulières"), referral.questions, is_long=True))
        attached = {d.key: referral.documents.get(d.key, []) for d in expected}
        blocks.append(
            Block(
                category.key,
                title,
                why_shown(sight, category.mask, referral.sender_id),
                lines=lines,
                reasons=reasons_in_words(programme, referral) if is_base else [],
                criteria=criteria_in_words(programme, referral) if is_base else [],
                documents=[
                    Attached.of(filed[key]) for keys in attached.values() for key in keys if key in filed
                ],
                missing=[d.label.in_(language) for d in expected if not attached[d.key]],
            )
        )
    return [
        block
        for block in blocks
        if block.hidden_because or block.lines or block.reasons or block.criteria or block.documents
        or block.missing
    ]  # fmt: skip


def answer_in_words(asked: FormField, value: Any) -> str:
    """An answer as one reads it."""
    language = get_language() or "fr"
    if value in (None, ""):
        return ""
    if asked.kind == "choice":
        labels = {choice.key: choice.label.in_(language) for choice in asked.choices}
        return labels.get(str(value), str(value))
    if asked.kind == "yes_no":
        return _("Oui") if value == "yes" else _("Non")
    if asked.kind == "percent":
        return _("%(value)s %%") % {"value": value}
    if asked.kind == "date":
        try:
            return f"{date.fromisoformat(str(value)):%d.%m.%Y}"
        except ValueError:
            return str(value)
    return str(value)


def region_in_words(programme: Programme, key: str) -> str:
    """The part of the canton, by its name."""
    return next((r.label.in_(get_language() or "fr") for r in programme.regions if r.key == key), "")


def reasons_in_words(programme: Programme, referral: Referral) -> list[str]:
    """Why the case is announced."""
    language = get_language() or "fr"
    return [r.label.in_(language) for r in programme.reasons if r.key in referral.reasons]


def criteria_in_words(programme: Programme, referral: Referral) -> list[tuple[str, bool, str]]:
    """Each line of the checklist, whether it holds, and the warning when it does not."""
    language = get_language() or "fr"
    unmet = unmet_criteria(programme, referral.criteria)
    return [
        (c.label.in_(language), c not in unmet, c.warning.in_(language) if c in unmet else "")
        for c in programme.criteria
    ]


@dataclass(frozen=True, slots=True)
class ReferralItem:
    """One line of the worklist: what to do, or what is waited for."""

    kind: str
    title: str
    case_id: UUID
    who: str | None
    number: str
    url: str
    since: datetime
    due_on: date | None
    is_ours: bool
    institution: str


def worklist_items(actor: Actor) -> list[ReferralItem]:
    """What announcements want of the actor's institution, and what it waits for from desks elsewhere."""
    return [_item(found) for found in referrals_on_worklist(actor)]


def _item(found: ReferralToDo) -> ReferralItem:
    titles = {
        "triage": _("Trier l’annonce"),
        "asked_back": _("Répondre à la question du bureau"),
        "draft": _("Terminer ou retirer l’annonce en préparation"),
        "waiting": _("Réponse à l’annonce"),
    }
    is_draft = found.kind == "draft"
    return ReferralItem(
        kind=found.kind,
        title=titles[found.kind],
        case_id=found.case_id,
        who=found.who,
        number=found.number,
        url=reverse("referrals:form" if is_draft else "referrals:show", args=[found.pk]),
        since=found.updated_at if is_draft else found.sent_at or found.updated_at,
        due_on=None if is_draft else found.expires_on,
        is_ours=found.kind != "waiting",
        institution=(found.sender if found.kind == "triage" else found.desk) or "",
    )


@dataclass(frozen=True, slots=True)
class ReferralPanel:
    """The announcement in its case: who announced, where it stands, what comes next."""

    referral: Referral
    is_desk: bool
    template: str = "referrals/panel.html"

    @property
    def is_waiting(self) -> bool:
        """On its way to an answer."""
        return self.referral.state in {ReferralState.SENT, ReferralState.ASKED_BACK}

    @property
    def is_draft(self) -> bool:
        """Still in preparation."""
        return self.referral.state == ReferralState.DRAFT


def referral_panel(actor: Actor, case: Case) -> ReferralPanel | None:
    """The announcement of a case for the case page; None for who may not see it."""
    referral = referral_of(actor, case)
    if referral is None:
        return None
    return ReferralPanel(referral, is_desk=referral.desk_id == actor.institution_id)


HINTS = {
    "age": gettext_lazy(
        "Les instances pour les jeunes annoncent des personnes de 13 à 25 ans (RAI art. 1ter)."
    ),
    "short": gettext_lazy(
        "Moins de 30 jours d’incapacité de suite et pas d’absences répétées : ce n’est plus un critère,"
        " mais dites pourquoi vous annoncez dès maintenant."
    ),
    "late": gettext_lazy(
        "L’incapacité a commencé il y a plus de six mois : les employeurs sont invités à annoncer avant."
    ),
}


@dataclass(frozen=True, slots=True)
class Absences:
    """Incapacity in a communication: each period with its source, and what it should make one think of."""

    periods: tuple[IncapacityPeriod, ...]
    longest: int
    hints: tuple[str, ...]


def absences_panel(
    actor: Actor, referral: Referral, programme: Programme, person: Person | None
) -> Absences | None:
    """The incapacity of a communication; None in a programme that knows no early detection."""
    if not programme.announcer_kinds:
        return None
    periods = tuple(periods_of(actor, referral.case))
    hints = hints_for(
        announcer_kind=referral.announcer_kind,
        sender_kind=referral.sender.kind,
        reasons=referral.reasons,
        born=_born(person),
        absences=periods,
        today=today(),
    )
    return Absences(
        periods=periods,
        longest=longest_run(periods, today()),
        hints=tuple(str(HINTS[hint]) for hint in hints),
    )


def _born(person: Person | None) -> date | None:
    """The birth date, when it is known to the day."""
    if person is None or not person.birth_date:
        return None
    born = PartialDate.read(person.birth_date)
    return born.earliest() if born.day else None
