"""Early detection and préavis, as far as they concern the reader's institution."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.casework.detection.models import Detection, Notice
from accord.casework.detection.panels import knows_detection
from accord.casework.detection.selectors import detection_of, notices_of
from accord.web.case_file.chapters.shape import Chapter, Row, told
from accord.web.case_panels.folder import Folder
from accord.web.templatetags.interface.writing import day


def detection(folder: Folder) -> Chapter | None:
    """The communication with its answer, and each préavis with what its parties said."""
    if not knows_detection(folder.circles):
        return None
    found = detection_of(folder.actor, folder.case)
    return Chapter(
        "detection",
        _("Détection précoce et préavis"),
        facts=told(*_facts(found)) if found else (),
        columns=(_("Préavis"), _("Envoyé le"), _("Délai"), _("Décision le"), _("Prises de position")),
        rows=tuple(_notice(one) for one in notices_of(folder.actor, folder.case)),
        hidden=why_hidden(folder.sight, Category.BENEFITS, folder.programme),
    )


def _facts(found: Detection) -> Iterable[tuple[str, str]]:
    yield _("État"), str(found.get_state_display())
    yield _("Communication reçue le"), day(found.received_on)
    yield _("Réponse jusqu’au"), day(found.due_on)
    yield _("Entretien tenu le"), day(found.held_on) if found.held_on else ""
    yield _("Répondu le"), day(found.answered_on) if found.answered_on else ""
    yield _("Réponse"), str(found.get_outcome_display()) if found.outcome else ""
    yield _("Pourquoi"), found.reasons


def _notice(notice: Notice) -> Row:
    parties = [
        "\n".join(filter(None, (f"{one.called} : {one.get_position_display()}", one.position_text)))
        for one in notice.parties.all()
    ]
    return (
        f"{notice.get_subject_display()}\n{notice.summary}",
        day(notice.sent_on),
        day(notice.objections_until),
        day(notice.decided_on) if notice.decided_on else "",
        "\n".join(parties),
    )
