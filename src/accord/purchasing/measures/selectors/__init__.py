"""Questions about measures and mandates; the actor comes first, and what she may not know is not there."""

from accord.purchasing.measures.selectors.attending import Attended, attended
from accord.purchasing.measures.selectors.mandates import mandate_by_decision, mandates_by_decision

__all__ = ["Attended", "attended", "mandate_by_decision", "mandates_by_decision"]
