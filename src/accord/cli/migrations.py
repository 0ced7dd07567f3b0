"""`accord check --migrations`: the migrations say all that the models say, and can be undone."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from accord.cli import commands
from accord.cli.terminal import Terminal
from accord.config.embedded import EmbeddedServer, addresses


def check_migrations(terminal: Terminal) -> int:
    """Play all migrations forwards, and ours back to nothing and forwards again, on a throw-away database.

    Gives 1 when a change of the models has no migration; raises the database's error when one fails.
    """
    with tempfile.TemporaryDirectory(prefix="accord-migrations-") as folder:
        Path(folder).chmod(0o711)
        with EmbeddedServer(Path(folder) / "state", fast=True, tell=terminal.say) as server:
            os.environ |= {**addresses(server), "ACCORD_MODE": "test", "ACCORD_LOGIN": "owner"}
            return _play(terminal)


def _play(terminal: Terminal) -> int:
    commands.set_up_django()
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except SystemExit:
        terminal.say("Error: the models have changed and a migration is missing (see above).")
        return 1
    migrated = MigrationLoader(connection).migrated_apps
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("accord.")]
    call_command("migrate", interactive=False, verbosity=0)
    for label in ours:
        if label in migrated:
            call_command("migrate", label, "zero", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    terminal.say("All migrations play forwards, back to nothing, and forwards again.")
    return 0
