"""Contacts with employers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.casework.employers.selectors import contacts_of
from accord.web.case_file.chapters.shape import Chapter, who
from accord.web.case_panels.folder import Folder
from accord.web.templatetags.interface.writing import day


def employers(folder: Folder) -> Chapter:
    """Who speaks with whom about what, on which ground, and what came of it."""
    return Chapter(
        "employeurs",
        _("Les contacts avec les employeurs"),
        columns=(_("Employeur"), _("Sujet"), _("Par qui"), _("Le"), _("Accord"), _("Résultat")),
        rows=tuple(
            (
                who(one.employer.name, one.employer.city),
                str(one.get_about_display()),
                who(one.colleague.name if one.colleague else "", one.owner.short_name),
                day(one.done_on or one.planned_for),
                who(one.get_ground_display(), one.legal_article),
                one.result or str(one.get_state_display()),
            )
            for one in contacts_of(folder.actor, folder.case)
        ),
        hidden=why_hidden(folder.sight, Category.WORK, folder.programme),
    )
