"""Questions about clocks and durations."""

from accord.casework.durations.selectors.clocks import (
    ClockToDo,
    clocks_on_worklist,
    escalations_of,
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
    "ClockToDo",
    "Figures",
    "Scope",
    "clocks_on_worklist",
    "escalations_of",
    "figures_of",
    "latest_calculation",
    "programmes_to_read",
    "running_calculation",
]
