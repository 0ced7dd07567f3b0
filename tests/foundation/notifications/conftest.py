"""A kind of message that only the tests know."""

import pytest

from accord.foundation.notifications import events


@pytest.fixture(autouse=True, scope="session")
def known_kinds():
    events.register_kind(
        "test.happened", sentence="Il s’est passé quelque chose : %(number)s.", group="platform"
    )
