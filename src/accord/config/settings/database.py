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

DATABASES = {
    "default": {
        "ENGINE": "accord.kernel.database",
        **database(_URL),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
        "TEST": {"NAME": None, "TEMPLATE": "template0"},
    }
}
AUTH_USER_MODEL = "accounts.User"
