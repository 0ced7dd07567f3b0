"""Bring in documents, examine them, give them out."""

from accord.foundation.documents.services.examining import rescan_documents
from accord.foundation.documents.services.rendering import NoSuchPage, render_page
from accord.foundation.documents.services.store import remove_orphans
from accord.foundation.documents.services.storing import store_document

__all__ = ["NoSuchPage", "remove_orphans", "render_page", "rescan_documents", "store_document"]
