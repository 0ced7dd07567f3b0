"""Take in a document."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.documents.enums import EXTENSIONS, MediaType, ScanState
from accord.foundation.documents.models import Document
from accord.foundation.documents.policies import can_store
from accord.foundation.documents.rules import recognise
from accord.foundation.documents.services import store
from accord.foundation.documents.services.examining import check_harmless, scan_into
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.kernel.identifiers import new_id

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@transaction.atomic
def store_document(
    *, by: Actor, file: File[bytes], title: str = "", institution_id: UUID | None = None
) -> Document:
    """Take in a PDF, a picture or an office document for the actor's institution.

    The worker, who acts for none, says for which one (`institution_id`); nobody else may.

    Raises `Refused` with `field="file"` and a sentence that says what to do: empty, too large, of a kind that
    is not accepted, of another kind than its name says, protected, broken, with macros, or infected.
    """
    can_store(by, institution_id).require()
    data = _read(file)
    media_type = _kind(data, file.name or "")
    finding, pages = check_harmless(data, media_type)
    document = Document(
        id=new_id(),
        institution_id=institution_id or by.institution_key,
        title=title.strip()[:200],
        original_name=_presentable(file.name or ""),
        size=len(data),
        media_type=media_type,
        pages=pages,
        uploaded_by_id=by.user_id,
        scan_finding=finding,
    )
    scan_into(document, data)
    if document.scan_state == ScanState.REFUSED:
        raise Refused(
            _("L’antivirus a reconnu un logiciel malveillant dans ce fichier ; il n’a pas été gardé."),
            field="file",
        )
    document.sha256 = store.keep(data)
    document.save(force_insert=True)
    record(
        by=by,
        verb="stored",
        subject_kind="document",
        subject_id=document.pk,
        data={"media_type": media_type, "size": len(data), "state": document.scan_state},
    )
    return document


def _read(file: File[bytes]) -> bytes:
    most: int = settings.ACCORD_MAX_UPLOAD_BYTES
    file.seek(0)
    data: bytes = file.read(most + 1)
    if not data:
        raise Refused(_("Ce fichier est vide."), field="file")
    if len(data) > most:
        raise Refused(
            _("Ce fichier est trop grand ; au plus %(most)s Mo sont acceptés.") % {"most": most // 1024**2},
            field="file",
        )
    return data


def _kind(data: bytes, name: str) -> MediaType:
    found = recognise(data)
    if found is None:
        raise Refused(
            _(
                "Ce fichier n’est pas d’un type accepté. Vous pouvez déposer un PDF, une image PNG ou JPEG, "
                "un document Word (.docx) ou OpenDocument (.odt)."
            ),
            field="file",
        )
    media_type = MediaType(found)
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lstrip(".").lower()
    if ending not in EXTENSIONS[media_type]:
        raise Refused(
            _("Le nom de ce fichier ne dit pas ce qu’il contient : son contenu est de type « %(kind)s ».")
            % {"kind": media_type.label},
            field="file",
        )
    return media_type


def _presentable(name: str) -> str:
    """The name as it was, without folders and without what would deceive the reader."""
    return UNPRINTABLE.sub("", name.replace("\\", "/").rsplit("/", 1)[-1])[-255:]
