"""One PostgreSQL, three logins: the web server, the worker, and the owner who migrates."""

from __future__ import annotations

import os

from accord.config.environment import database, read

_LOGIN = os.environ.get("ACCORD_LOGIN", "web")
_URL = {
    "web": read("DATABASE_URL"),
    "worker": read("DATABASE_WORKER_URL") or read("DATABASE_URL"),
    "owner": read("DATABASE_OWNER_URL") or read("DATABASE_URL"),
}[_LOGIN]
_PREPARED = 1_000_000_000 if read("ACCORD_PREPARED_STATEMENTS") == "on" else None
"""After how many times psycopg keeps a statement of its own accord: never; those that ask for it are kept at once."""

DATABASES = {
    "default": {
        "ENGINE": "accord.kernel.database",
        **database(_URL),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 3600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "prepare_threshold": _PREPARED},
        "TEST": {"NAME": None, "TEMPLATE": "template0"},
    }
}
AUTH_USER_MODEL = "accounts.User"
