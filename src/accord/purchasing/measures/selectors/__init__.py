"""Questions about measures and mandates; the actor comes first, and what she may not know is not there."""

from accord.purchasing.measures.selectors.attending import Attended, attended
from accord.purchasing.measures.selectors.checking import Proposed, checks_for
from accord.purchasing.measures.selectors.mandates import (
    SHELVES,
    deliveries_of,
    delivery_for,
    given_mandate,
    given_mandates,
    mandate_by_decision,
    mandate_for,
    mandates_by_decision,
    own_provider,
    report_for,
    reports_of,
    reports_to_read,
    shelf_counts,
)
from accord.purchasing.measures.selectors.measures import measure_for, measures_of, measures_shelf
from accord.purchasing.measures.selectors.quality import goals_met, reports_on_time, without_interruption
from accord.purchasing.measures.selectors.searching import Found, Wish, positions_by_agreement, search
from accord.purchasing.measures.selectors.worklist import MeasureToDo, measures_on_worklist

__all__ = [
    "SHELVES",
    "Attended",
    "Found",
    "MeasureToDo",
    "Proposed",
    "Wish",
    "attended",
    "checks_for",
    "deliveries_of",
    "delivery_for",
    "given_mandate",
    "given_mandates",
    "goals_met",
    "mandate_by_decision",
    "mandate_for",
    "mandates_by_decision",
    "measure_for",
    "measures_of",
    "measures_on_worklist",
    "measures_shelf",
    "own_provider",
    "positions_by_agreement",
    "report_for",
    "reports_of",
    "reports_on_time",
    "reports_to_read",
    "search",
    "shelf_counts",
    "without_interruption",
]
