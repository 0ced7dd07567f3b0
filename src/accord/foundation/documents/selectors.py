"""Questions about documents."""

from __future__ import annotations

from uuid import UUID

from accord.foundation.documents.models import Document
from accord.foundation.documents.policies import visible_to
from accord.kernel.actors import Actor


def own_document(actor: Actor, document_id: UUID) -> Document | None:
    """A document of the actor's institution; None for any other."""
    return Document.objects.filter(visible_to(actor), pk=document_id).first()


def own_documents(actor: Actor, size: int = 50) -> list[Document]:
    """What the actor's institution brought in, the newest first."""
    return list(Document.objects.filter(visible_to(actor)).order_by("-uploaded_at")[:size])
