"""Questions about invoices; the actor comes first."""

from accord.purchasing.invoices.selectors.knowing import facts_of, office_code_of, provider_named
from accord.purchasing.invoices.selectors.listing import (
    Shelf,
    invoice_for,
    invoices_page,
    keys_of,
    orders_of,
    progress_of,
    ready_to_pay,
    terms_of,
    unfinished_batches,
)
from accord.purchasing.invoices.selectors.totals import Clock, Total, clock_of, totals_of

__all__ = [
    "Clock",
    "Shelf",
    "Total",
    "clock_of",
    "facts_of",
    "invoice_for",
    "invoices_page",
    "keys_of",
    "office_code_of",
    "orders_of",
    "progress_of",
    "provider_named",
    "ready_to_pay",
    "terms_of",
    "totals_of",
    "unfinished_batches",
]
