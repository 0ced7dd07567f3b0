"""Geneva, and a look through the database's own eyes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import scenarios
from accord.casework.cases.models import Case
from accord.casework.cases.selectors import case_for, sight_of
from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.network.institutions.models import Institution
from casework.consents.situations import Geneva


@pytest.fixture
def geneva(db: None, settings: Any, tmp_path: Any) -> Geneva:
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    scenarios.programmes()
    return Geneva()


@pytest.fixture
def sees(geneva: Geneva) -> Callable[[Institution], int | None]:
    """The categories of the case that an institution sees now; None when it does not know of the case."""

    def look(one: Institution) -> int | None:
        actor = Actor(institution_id=one.pk)
        with acting_as(actor):
            try:
                return sight_of(actor, case_for(actor, geneva.case.pk)).mask
            except Case.DoesNotExist:
                return None

    return look
