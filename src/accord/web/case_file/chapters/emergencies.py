"""Accesses in an emergency, for the institution that looked and the one that leads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.emergencies.selectors import accesses
from accord.web.case_file.chapters.shape import Chapter, who
from accord.web.case_panels.folder import Folder
from accord.web.templatetags.interface.writing import day_time


def emergencies(folder: Folder) -> Chapter:
    """Who looked, why, what, until when, and what the review found."""
    return Chapter(
        "urgences",
        _("Les accès en urgence"),
        columns=(_("Qui"), _("Pourquoi"), _("Données"), _("Depuis le"), _("Jusqu’au"), _("Revue")),
        rows=tuple(
            (
                who(one.user.name, one.institution.short_name),
                f"{one.get_reason_display()}\n{one.explanation}",
                folder.category_label(one.categories),
                day_time(one.opened_at),
                day_time(one.ends_at),
                f"{one.get_outcome_display()}\n{one.review}" if one.reviewed_at else _("pas encore revu"),
            )
            for one in accesses(folder.actor).filter(case=folder.case)
        ),
    )
