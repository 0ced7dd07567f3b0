"""Questions about clocks and durations."""

from accord.casework.durations.selectors.clocks import (
    clock_lines,
    escalations_of,
    is_held,
)
from accord.casework.durations.selectors.figures import (
    Extent,
    Figure,
    Figures,
    Scope,
    calculations_of,
    extent_of,
    figures_of,
    programmes_to_read,
)

__all__ = [
    "Extent",
    "Figure",
    "Figures",
    "Scope",
    "calculations_of",
    "clock_lines",
    "escalations_of",
    "extent_of",
    "figures_of",
    "is_held",
    "programmes_to_read",
]
