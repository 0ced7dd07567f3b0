"""The settings of the house, in the mode of the tests: away from the demo and from any real database."""

import os

os.environ["ACCORD_MODE"] = "test"
for name in ("DATABASE_URL", "DATABASE_WORKER_URL", "DATABASE_OWNER_URL", "ACCORD_LOGIN"):
    os.environ.pop(name, None)

from accord.config.settings import *  # noqa: E402, F403
