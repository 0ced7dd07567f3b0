"""The panels of the case page: what each one needs, and nothing more.

A panel is a function of the open folder, its template, and its word among the tabs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.web.case_panels.authorisation import authorisation, authorisations_of
from accord.web.case_panels.capacity import capacity
from accord.web.case_panels.course import course
from accord.web.case_panels.detection import detection, has_detection
from accord.web.case_panels.diagnosis import diagnosis
from accord.web.case_panels.documents import documents
from accord.web.case_panels.employers import employers
from accord.web.case_panels.folder import Folder
from accord.web.case_panels.institutions import institutions
from accord.web.case_panels.measures import measures
from accord.web.case_panels.medical import has_doctors, medical
from accord.web.case_panels.meetings import meetings
from accord.web.case_panels.plan import plan
from accord.web.case_panels.situation import situation
from accord.web.case_panels.stages import stages

__all__ = ["PANELS", "Folder", "Panel", "authorisations_of"]


@dataclass(frozen=True, slots=True)
class Panel:
    """One tab of the case page."""

    word: str | Promise
    template: str
    gather: Callable[[Folder], dict[str, Any]]
    is_for: Callable[[Folder], bool] = lambda _folder: True
    is_aside: bool = False


PANELS: dict[str, Panel] = {
    "": Panel(_("Situation"), "web/case_situation.html", situation),
    "autorisation": Panel(_("Autorisation"), "web/case_authorisation.html", authorisation),
    "diagnostic": Panel(_("Diagnostic"), "web/case_diagnosis.html", diagnosis),
    "plan": Panel(_("Plan"), "web/case_plan.html", plan),
    "rencontres": Panel(_("Rencontres"), "web/case_meetings.html", meetings),
    "medical": Panel(_("Avis médical"), "web/case_medical.html", medical, is_for=has_doctors),
    "fil": Panel(_("Notes et fil"), "web/case_course.html", course),
    "documents": Panel(_("Documents"), "web/case_documents.html", documents),
    "mesures": Panel(_("Mesures"), "web/case_measures.html", measures, is_aside=True),
    "employeurs": Panel(_("Employeurs"), "web/case_employers.html", employers, is_aside=True),
    "capacite": Panel(_("Capacité"), "web/case_capacity.html", capacity, is_aside=True),
    "detection": Panel(
        _("Détection précoce"), "web/case_detection.html", detection, is_for=has_detection, is_aside=True
    ),
    "institutions": Panel(_("Institutions"), "web/case_institutions.html", institutions, is_aside=True),
    "etapes": Panel(_("Étapes"), "web/case_stages.html", stages, is_aside=True),
}
"""By the word that stands in the address, in the order of the tabs; those that are rarer under « Plus »."""
