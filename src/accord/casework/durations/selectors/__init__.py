"""Questions about clocks and durations."""

from accord.casework.durations.selectors.clocks import (
    clock_lines,
    escalations_of,
    is_held,
)
from accord.casework.durations.selectors.figures import (
    Figures,
    Scope,
    figures_of,
    latest_calculation,
    programmes_to_read,
    running_calculation,
)

__all__ = [
    "Figures",
    "Scope",
    "clock_lines",
    "escalations_of",
    "figures_of",
    "is_held",
    "latest_calculation",
    "programmes_to_read",
    "running_calculation",
]
