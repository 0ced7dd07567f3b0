"""A plan that several institutions write around one table."""

from __future__ import annotations

import pytest

from casework.plans.situations import Table, around_a_table


@pytest.fixture
def table() -> Table:
    return around_a_table()
