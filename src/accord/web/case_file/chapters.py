"""What the case file says, chapter by chapter; each is a function of the open folder.

A part of the case that comes later is one more function in `CHAPTERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.casework.cases.enums import Category, ParticipantRole
from accord.casework.cases.panels import last_day_of, why_hidden
from accord.casework.cases.selectors import (
    documents_of,
    events_of,
    files_of,
    notes_of,
    participants_of,
    person_of,
    steps_of,
)
from accord.kernel.clock import FOREVER
from accord.kernel.identifiers import format_avs
from accord.web.case_panels.course import sentence_of
from accord.web.case_panels.folder import Folder, hidden_kinds
from accord.web.templatetags.interface.writing import day, day_time

Row = tuple[str, ...]
NOTHING_WRITTEN = gettext_lazy("Rien n’est inscrit ici.")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A title, and what stands under it: facts, paragraphs, a table; or why it is hidden."""

    key: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[tuple[str, str], ...] = ()
    columns: Row = ()
    rows: tuple[Row, ...] = ()
    hidden: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was written, or nothing is shown."""
        return not (self.facts or self.paragraphs or self.rows)


def chapters_of(folder: Folder) -> list[Chapter]:
    """The whole case as far as its reader may see it."""
    return [chapter(folder) for chapter in CHAPTERS]


def _who(first: object, second: object) -> str:
    return ", ".join(filter(None, (str(first or ""), str(second or ""))))


def _days(since: date | datetime, until: date | datetime | None) -> Row:
    return (day(since), day(until) if until else "")


def person(folder: Folder) -> Chapter:
    """Whom the case is about."""
    title = _("La personne")
    found = person_of(folder.actor, folder.case) if folder.person else None
    if found is None:
        return Chapter(
            "personne", title, hidden=why_hidden(folder.sight, Category.IDENTITY, folder.programme)
        )
    facts = [
        (_("Nom"), found.name),
        (_("Date de naissance"), day(found.birth_date)),
        (_("Numéro AVS"), format_avs(found.avs_number)),
        (_("Adresse"), _who(found.street, f"{found.postal_code} {found.city}".strip())),
        (_("Téléphone"), found.phone),
        (_("Langue"), str(found.get_language_display())),
        (_("Interprète"), _("nécessaire") if found.needs_interpreter else ""),
        (_("Représentant"), _who(found.representative_name, found.representative_contact)),
    ]
    return Chapter("personne", title, facts=tuple((label, value) for label, value in facts if value))


def standing(folder: Folder) -> Chapter:
    """Where the case stands."""
    case = folder.case
    knows = bool(folder.sight.mask) or folder.takes_part
    facts = [
        (_("Numéro"), case.number),
        (_("Dispositif"), folder.programme.label.in_(folder.language)),
        (_("État"), str(case.get_state_display())),
        (_("Étape"), folder.stage_label(case.stage)),
        (_("Conduit par"), _who(case.lead_user.name if case.lead_user else "", case.lead.name)),
        (_("De quoi s’agit-il ?"), case.subject if knows else ""),
        (_("Ouvert le"), day(case.opened_at) if case.opened_at else ""),
        (_("Clos le"), day(case.closed_at) if case.closed_at else ""),
    ]
    return Chapter("situation", _("La situation"), facts=tuple(pair for pair in facts if pair[1]))


def institutions(folder: Folder) -> Chapter:
    """Who takes part, since when and with whom."""
    return Chapter(
        "institutions",
        _("Les institutions"),
        columns=(_("Institution"), _("Rôle"), _("Référent"), _("Depuis le"), _("Jusqu’au")),
        rows=tuple(
            (
                found.institution.name,
                str(ParticipantRole(found.role).label),
                found.referent.name if found.referent else "",
                *_days(found.joined_at, found.left_at),
            )
            for found in participants_of(folder.actor, folder.case)
        ),
    )


def files(folder: Folder) -> Chapter:
    """Each institution's own file."""
    return Chapter(
        "prises-en-charge",
        _("Les dossiers ouverts dans les institutions"),
        columns=(_("Institution"), _("Numéro"), _("Ouvert le"), _("Fermé le"), _("Motif")),
        rows=tuple(
            (
                found.institution.name,
                found.number,
                *_days(found.opened_on, found.closed_on),
                found.closing_reason,
            )
            for found in files_of(folder.actor, folder.case)
        ),
        hidden=why_hidden(folder.sight, Category.BENEFITS, folder.programme),
    )


def authorisation(folder: Folder) -> Chapter:
    """Who may see what, why and until when."""
    return Chapter(
        "autorisation",
        _("L’autorisation : qui peut voir quoi"),
        columns=(_("Institution"), _("Données"), _("Pourquoi"), _("Depuis le"), _("Jusqu’au")),
        rows=tuple(
            (
                found.recipient.name,
                folder.category_label(found.categories),
                _who(found.get_basis_display(), found.legal_article),
                day(found.valid_from),
                "" if found.valid_until >= FOREVER else last_day_of(found.valid_until),
            )
            for found in folder.disclosures
            if found.categories
        ),
    )


def stages(folder: Folder) -> Chapter:
    """The stages that the case went through."""
    return Chapter(
        "etapes",
        _("Les étapes"),
        columns=(_("Étape"), _("Tenue par"), _("Depuis le"), _("Jusqu’au")),
        rows=tuple(
            (folder.stage_label(found.label), found.name, *_days(found.since, found.until))
            for found in folder.stretches
            if found.kind == "stage"
        ),
    )


def steps(folder: Folder) -> Chapter:
    """What is to do, and what was done."""
    return Chapter(
        "demarches",
        _("Les démarches"),
        columns=(_("Démarche"), _("Qui s’en charge"), _("Échéance"), _("État")),
        rows=tuple(
            (
                step.title,
                _who(step.assignee_user.name if step.assignee_user else "", step.assignee.name),
                day(step.due_on) if step.due_on else "",
                str(step.get_state_display()),
            )
            for step in steps_of(folder.actor, folder.case)
        ),
        hidden=why_hidden(folder.sight, Category.PLAN, folder.programme),
    )


def notes(folder: Folder) -> Chapter:
    """The notes, the newest first."""
    return Chapter(
        "notes",
        _("Les notes"),
        paragraphs=tuple(
            (
                " · ".join(
                    filter(
                        None,
                        (
                            day_time(note.created_at),
                            _who(note.author.name if note.author else "", note.owner.name),
                            folder.category_label(note.category),
                        ),
                    )
                ),
                note.text,
            )
            for note in notes_of(folder.actor, folder.case)
        ),
    )


def documents(folder: Folder) -> Chapter:
    """The documents that were filed."""
    return Chapter(
        "documents",
        _("Les documents"),
        columns=(_("Titre"), _("Données"), _("Déposé par"), _("Le")),
        rows=tuple(
            (filed.title, folder.category_label(filed.category), filed.owner.name, day(filed.created_at))
            for filed in documents_of(folder.actor, folder.case)
        ),
    )


def timeline(folder: Folder) -> Chapter:
    """Everything that happened, the newest first."""
    return Chapter(
        "fil",
        _("Le fil"),
        columns=(_("Quand"), _("Quoi"), _("Précision"), _("Qui")),
        rows=tuple(
            (
                day_time(event.at),
                str(event.get_kind_display()),
                sentence_of(folder, event),
                _who(event.author.name if event.author else "", event.owner.short_name),
            )
            for event in events_of(folder.actor, folder.case)
        ),
    )


def hidden(folder: Folder) -> Chapter:
    """What the reader does not see, and what would open it."""
    return Chapter(
        "masque",
        _("Ce qui est masqué pour votre institution"),
        columns=(_("Données"), _("Pourquoi")),
        rows=tuple(hidden_kinds(folder)),
    )


CHAPTERS: tuple[Callable[[Folder], Chapter], ...] = (
    person,
    standing,
    institutions,
    files,
    authorisation,
    stages,
    steps,
    notes,
    documents,
    timeline,
    hidden,
)
"""In the order of the page and of the print."""
