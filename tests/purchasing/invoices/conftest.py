"""What tests of invoices that commit need."""

from purchasing.measures.conftest import journal_can_be_emptied

__all__ = ["journal_can_be_emptied"]
