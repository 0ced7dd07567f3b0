"""Registers the app, and has every programme file checked when Accord starts."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class ProgrammesConfig(AppConfig):
    """accord.network.programmes."""

    name = "accord.network.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Register the check of the definitions."""
        register(check_definitions)


def check_definitions(*, app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """One error per fault in a programme file: file, line, what is wrong, how to mend it."""
    from accord.network.programmes.selectors import findings

    return [
        Error(fault.what, hint=fault.mend, obj=f"{fault.file}:{fault.line}", id="programmes.E001")
        for fault in findings()
    ]
