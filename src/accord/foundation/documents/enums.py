"""What a document may be, and what is known of its harmlessness."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MediaType(models.TextChoices):
    """What is accepted, told by the content and never by the name alone."""

    PDF = "application/pdf", _("PDF")
    PNG = "image/png", _("image PNG")
    JPEG = "image/jpeg", _("image JPEG")
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _("document Word")
    ODT = "application/vnd.oasis.opendocument.text", _("document OpenDocument")


EXTENSIONS = {
    MediaType.PDF: ("pdf",),
    MediaType.PNG: ("png",),
    MediaType.JPEG: ("jpg", "jpeg"),
    MediaType.DOCX: ("docx",),
    MediaType.ODT: ("odt",),
}
"""How the name of each may end; the first is the one that we give."""

PREVIEWED = (MediaType.PDF, MediaType.PNG, MediaType.JPEG)
"""What can be shown page by page without leaving Accord."""


class ScanState(models.TextChoices):
    """Where the examination of a document stands; only a clean one is given out."""

    PENDING = "pending", _("en cours d’analyse")
    CLEAN = "clean", _("analysé")
    QUARANTINED = "quarantined", _("en quarantaine")
    REFUSED = "refused", _("refusé")


class Finding(models.TextChoices):
    """Why a document is held back."""

    NONE = "", _("aucune remarque")
    ACTIVE_CONTENT = "active_content", _("Ce PDF contient des éléments actifs (script, lancement).")
    ATTACHMENT = "attachment", _("Ce PDF contient d’autres fichiers.")
    SCANNER_AWAY = "scanner_away", _("L’antivirus ne répond pas ; l’analyse aura lieu dès son retour.")
    VIRUS = "virus", _("L’antivirus a reconnu un logiciel malveillant ; le fichier est supprimé.")
