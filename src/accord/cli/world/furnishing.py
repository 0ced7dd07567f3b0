"""What each app adds to the demo world once its cases stand; in the order in which it happens."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from accord.cli.world import (
    advice,
    capacity,
    detection,
    diagnosis,
    durations,
    emergencies,
    employers,
    invoices,
    matching,
    measures,
    medical,
    medical_examinations,
    medical_files,
    medical_reports,
    meetings,
    plans,
    providers,
    window,
)
from accord.cli.world.network import Network

Furnish = Callable[[Random, Network], None]
FURNISHERS: tuple[Furnish, ...] = (
    matching.furnish,
    capacity.furnish,
    diagnosis.furnish,
    employers.furnish,
    plans.furnish,
    meetings.furnish,
    detection.furnish,
    emergencies.furnish,
    window.furnish,
    medical.furnish,
    medical_files.furnish,
    medical_reports.furnish,
    medical_examinations.furnish,
    advice.furnish,
    durations.furnish,
    providers.furnish,
    measures.furnish,
    invoices.furnish,
)
"""Each reads the cases of the demo from the database and writes what its app holds of them."""
