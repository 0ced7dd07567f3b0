"""The programmes stand in every test of meetings."""

from __future__ import annotations

import pytest

import scenarios
from casework.meetings.situations import Table


@pytest.fixture
def table(db) -> Table:
    """A case, and who meets about it."""
    scenarios.programmes()
    return Table()
