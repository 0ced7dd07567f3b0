"""What a file is, by its content, and whether it is harmless as far as we can tell. Pure Python."""

from accord.foundation.documents.rules.archives import Fault, archive_fault
from accord.foundation.documents.rules.pdf import pdf_holds
from accord.foundation.documents.rules.recognising import recognise

__all__ = ["Fault", "archive_fault", "pdf_holds", "recognise"]
