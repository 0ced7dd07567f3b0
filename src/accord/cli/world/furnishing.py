"""What each app adds to the demo world once its cases stand; in the order in which it happens."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from accord.cli.world import advice, capacity, diagnosis, durations, invoices, matching, measures, providers
from accord.cli.world.employers import furnish_employers
from accord.cli.world.network import Network
from accord.cli.world.plans import furnish_plans

Furnish = Callable[[Random, Network], None]
FURNISHERS: tuple[Furnish, ...] = (
    matching.furnish,
    capacity.furnish,
    diagnosis.furnish,
    furnish_employers,
    furnish_plans,
    advice.furnish,
    durations.furnish,
    providers.furnish,
    measures.furnish,
    invoices.furnish,
)
"""Each reads the cases of the demo from the database and writes what its app holds of them."""
