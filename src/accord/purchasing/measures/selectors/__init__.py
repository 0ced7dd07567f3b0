"""Questions about measures and mandates; the actor comes first, and what she may not know is not there."""

from accord.purchasing.measures.selectors.attending import Attended, attended
from accord.purchasing.measures.selectors.checking import Proposed, checks_for
from accord.purchasing.measures.selectors.mandates import (
    SHELVES,
    Quality,
    deliveries_of,
    delivery_for,
    given_mandate,
    given_mandates,
    mandate_by_decision,
    mandate_for,
    mandates_by_decision,
    own_provider,
    quality_of,
    report_for,
    reports_of,
    shelf_counts,
)
from accord.purchasing.measures.selectors.measures import measure_for, measures_of, to_validate
from accord.purchasing.measures.selectors.searching import Found, Wish, positions_by_agreement, search
from accord.purchasing.measures.selectors.worklist import MeasureToDo, measures_on_worklist

__all__ = [
    "SHELVES",
    "Attended",
    "Found",
    "MeasureToDo",
    "Proposed",
    "Quality",
    "Wish",
    "attended",
    "checks_for",
    "deliveries_of",
    "delivery_for",
    "given_mandate",
    "given_mandates",
    "mandate_by_decision",
    "mandate_for",
    "mandates_by_decision",
    "measure_for",
    "measures_of",
    "measures_on_worklist",
    "own_provider",
    "positions_by_agreement",
    "quality_of",
    "report_for",
    "reports_of",
    "search",
    "shelf_counts",
    "to_validate",
]
