"""A case led by Anne's AI office, to which everything is disclosed."""

from __future__ import annotations

import pytest

import scenarios
from casework.diagnosis.situations import EVERYTHING


@pytest.fixture
def case(anne):
    scenarios.programmes()
    case = scenarios.open_case(anne)
    scenarios.opened_to(case, anne.institution, *EVERYTHING)
    return case
