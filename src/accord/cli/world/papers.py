"""Sheets of paper of the demo, taken in as any document."""

from __future__ import annotations

import io

import typst
from django.core.files.base import File

from accord.foundation.documents.models import Document
from accord.foundation.documents.services import store_document
from accord.kernel.actors import Actor
from accord.network.institutions.models import Institution, Membership

SHEET = """#set page(paper: "a4")
#set document(title: "{title}")
#set text(lang: "fr")
= {title}
Une page inventée, pour la démonstration.
"""


def write_paper(house: Institution, title: str) -> Document:
    """A page that an institution brought in."""
    membership = Membership.objects.filter(institution=house).first()
    by = Actor(
        user_id=membership.user_id if membership else None,
        institution_id=house.pk,
        institution_kind=house.kind,
    )
    sheet = SHEET.format(title=title).encode()
    pdf: bytes = typst.compile(sheet, format="pdf", ignore_system_fonts=True)
    return store_document(by=by, file=File(io.BytesIO(pdf), name="document.pdf"), title=title)
