"""Write docs/reference from the code itself: settings, states, screens, data inventory, messages, floors."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from accord.casework.cases.states import CASE, STEP
from accord.casework.consents.states import CONSENT
from accord.casework.referrals.states import REFERRAL
from accord.config.environment import VARIABLES
from accord.foundation.notifications.events import kinds
from accord.kernel.http.screens import screen_of
from accord.kernel.privacy import Privacy, inventory
from accord.kernel.states import Transitions

NOTICE = "<!-- Written by `accord reference`; do not edit. -->\n\n"
SOURCE = Path(__file__).resolve().parents[1]


def pages() -> dict[str, str]:
    """Each page of the reference by its file name."""
    return {
        "settings.md": NOTICE + _settings(),
        "states.md": NOTICE + _states(),
        "screens.md": NOTICE + _screens(),
        "data-inventory.md": NOTICE + _inventory(),
        "messages.md": NOTICE + _messages(),
        "floors.md": NOTICE + _floors(),
    }


def write_pages(folder: Path) -> list[str]:
    """Write the pages that differ; returns their names."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            changed.append(name)
    return changed


def _table(head: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _settings() -> str:
    rows = ((f"`{v.name}`", f"`{v.default}`" if v.default else "", v.sentence) for v in VARIABLES)
    return "# Settings\n\nAll from environment variables.\n\n" + _table(
        ("variable", "default", "what for"), rows
    )


def _machine(machine: Transitions) -> str:
    lines = [f"## {machine.name}\n", "```mermaid", "stateDiagram-v2"]
    for state, following in machine.allowed.items():
        lines += [f"  {state} --> {target}" for target in following] or [f"  {state} --> [*]"]
    return "\n".join([*lines, "```", ""])


def _states() -> str:
    machines = "\n".join(_machine(machine) for machine in (CASE, REFERRAL, CONSENT, STEP))
    return "# States\n\nLiteral tables; constraints in the database stand beside them.\n\n" + machines


def _patterns(found: list[Any] | None = None, prefix: str = "/") -> Iterable[tuple[str, Any]]:
    for pattern in get_resolver().url_patterns if found is None else found:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def _screens() -> str:
    rows = []
    for route, view in _patterns():
        if door := screen_of(view):
            who = "everybody" if door.public else f"`{door.policy.__name__}`"
            rows.append((f"`{route}`", ", ".join(door.methods), who, door.purpose))
    text = "# Screens\n\nWho may open what, and the purpose that the journal keeps.\n\n"
    return text + _table(("address", "methods", "policy", "purpose"), sorted(rows))


def _inventory() -> str:
    rows = [
        (f"`{model._meta.label}`", f"`{name}`", str(tag))
        for config in apps.get_app_configs()
        if config.name.startswith("accord.")
        for model in config.get_models()
        for name, tag in inventory(model).items()
        if tag is not Privacy.NONE
    ]
    text = "# Data inventory\n\nEvery field that tells something about a person.\n\n"
    return text + _table(("model", "field", "kind of data"), sorted(rows))


def _messages() -> str:
    rows = ((f"`{kind.key}`", kind.group, str(kind.sentence)) for kind in kinds())
    text = "# Messages\n\nWhat people are told; a case number at most, never a name.\n\n"
    return text + _table(("kind", "group", "sentence"), sorted(rows))


def _floors() -> str:
    edges: set[tuple[str, str]] = set()
    for path in SOURCE.rglob("*.py"):
        here = _room(("accord", *path.relative_to(SOURCE).parts))
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("accord."):
                there = _room(tuple((node.module or "").split(".")))
                if here and there and here != there:
                    edges.add((here, there))
    lines = ["# Who imports whom\n", "```mermaid", "graph TD"]
    lines += [f"  {a} --> {b}" for a, b in sorted(edges)]
    return "\n".join([*lines, "```", ""])


def _room(parts: tuple[str, ...]) -> str:
    floors = ("foundation", "network", "people", "casework")
    if len(parts) < 3:
        return parts[1] if len(parts) == 2 and "." not in parts[1] else ""
    return ".".join(parts[1:3]) if parts[1] in floors and len(parts) > 3 else parts[1]
