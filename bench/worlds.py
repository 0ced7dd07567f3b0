"""The worlds to measure: databases on the bench's own server, built once and kept while their makers stand."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

import accord
from accord.config.embedded import EmbeddedServer

SEED = 2026
MAKERS = ("cli/world/*.py", "*/*/migrations/*.py", "network/programmes/definitions/*.toml")


@dataclass(frozen=True, slots=True)
class World:
    """One bench world: how many cases, and where they lie."""

    cases: int
    server: EmbeddedServer

    @property
    def database(self) -> str:
        """Its name on the server."""
        return f"bench_{self.cases}"

    def owner(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection as the owner of the tables, whom row-level security does not bind."""
        return psycopg.connect(self.server.owner_url(self.database), autocommit=True)

    def surroundings(self) -> dict[str, str]:
        """What a process needs in its environment to serve this world."""
        return {
            **os.environ,
            "DATABASE_URL": self.server.web_url(self.database),
            "DATABASE_WORKER_URL": self.server.worker_url(self.database),
            "DATABASE_OWNER_URL": self.server.owner_url(self.database),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "ACCORD_LOG_LEVEL": "WARNING",
        }

    def ensure(self, *, anew: bool) -> None:
        """Build it, unless one stands that was built by the same makers."""
        mark = f"bench world, {self.cases} cases, seed {SEED}, {_fingerprint()}"
        with psycopg.connect(self.server.owner_url(), autocommit=True) as connection:
            name = sql.Identifier(self.database)
            found = connection.execute(
                "select shobj_description(oid, 'pg_database') from pg_database where datname = %s",
                [self.database],
            ).fetchone()
            if found and found[0] == mark and not anew:
                return
            connection.execute(sql.SQL("drop database if exists {}").format(name))
            connection.execute(sql.SQL("create database {}").format(name))
            build = [sys.executable, "-m", "accord", "world", "bench"]
            subprocess.run(
                [*build, "--cases", str(self.cases), "--seed", str(SEED)], check=True, env=self.surroundings()
            )
            connection.execute(sql.SQL("comment on database {} is {}").format(name, sql.Literal(mark)))


def _fingerprint() -> str:
    digest = hashlib.sha256()
    root = Path(accord.__file__).parent
    for pattern in MAKERS:
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
