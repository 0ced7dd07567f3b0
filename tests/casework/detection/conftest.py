"""A communicated case, a case in both circles, and a look through the database's own eyes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import scenarios
from accord.casework.cases.models import Case
from accord.casework.cases.selectors import case_for, sight_of
from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.network.institutions.models import Institution
from casework.detection.situations import BothCircles, Plus

Look = Callable[[Case, Institution], int | None]


@pytest.fixture
def plus(db: None) -> Plus:
    scenarios.programmes()
    return Plus()


@pytest.fixture
def both(db: None) -> BothCircles:
    scenarios.programmes()
    return BothCircles()


@pytest.fixture
def sees() -> Look:
    """The categories of a case that an institution sees now; None when it does not know of the case."""

    def look(case: Case, one: Institution) -> int | None:
        actor = Actor(institution_id=one.pk)
        with acting_as(actor):
            try:
                return sight_of(actor, case_for(actor, case.pk)).mask
            except Case.DoesNotExist:
                return None

    return look
