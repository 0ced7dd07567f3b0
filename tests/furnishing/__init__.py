"""What each app adds to the worlds, scenes and pages that the tests of the whole house walk through.

A module here is named like its app and may hold:

- `WALLS`: model → rule of the policies, for the comparison with row-level security;
- `furnish_world(world, case)`: rows of these models in a generated world;
- `OWNED`: arguments of addresses that name something of an institution or a colleague;
- `furnish_scene(scene)`: what stands for each argument of the app's addresses → {argument: value};
- `STATE_REFUSES`: address → status when the scene's state refuses; `OPEN_TO_MEMBERS`, `CLIENTS`: policies of
  doors, and who may come in: policy → function of the scene that gives a client;
- `NOT_A_PAGE`: addresses that give a file or lead on; `BY`: address → e-mail of the demo's colleague;
- `things(site, house, case)`: something of the demo to open → {argument: value}; where one screen needs
  another thing than its neighbours, under `app:screen:argument`;
- `MAY_REFUSE`: screens that refuse the demo’s colleague; every other one answers her with its page;
- `PICTURES`: name → address of a main screen, to be pictured in two widths and two languages; or the pair of
  address and e-mail, when another colleague of the demo than the caseworker of Geneva sits before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

FURNISHED: list[ModuleType] = [
    import_module(f"furnishing.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if path.stem != "__init__"
]


def gathered(name: str) -> dict[Any, Any]:
    """The mappings of this name of every app as one."""
    found: dict[Any, Any] = {}
    for module in FURNISHED:
        found |= getattr(module, name, {})
    return found


def collected(name: str) -> set[Any]:
    """The sets of this name of every app as one."""
    return {one for module in FURNISHED for one in getattr(module, name, ())}


@dataclass(frozen=True, slots=True)
class Picture:
    """A main screen as somebody of the demo sees it; nobody named is the caseworker."""

    path: str
    email: str = ""
    label: str = ""

    def address(self, things: dict[str, Any]) -> str:
        """Its address, filled with what there is to open; what its own app names before what others do."""
        own = {
            key.partition(":")[2]: value for key, value in things.items() if key.startswith(f"{self.label}:")
        }
        return self.path.format_map(things | own)


def pictured() -> dict[str, Picture]:
    """The pictures of every app as one."""
    found = {}
    for module in FURNISHED:
        for name, said in getattr(module, "PICTURES", {}).items():
            path, email = (said, "") if isinstance(said, str) else said
            found[name] = Picture(path, email, label_of(module))
    return found


def label_of(module: ModuleType) -> str:
    """The app that a module furnishes."""
    return module.__name__.rpartition(".")[2].partition("_")[0]


def furnished(name: str, *arguments: Any) -> dict[str, object]:
    """Let every app add what it has; the answers as one.

    What an app names stands also under its own label, `label:argument`, where two apps use one word; what it
    names as `screen:argument` is for this screen of its alone.
    """
    found: dict[str, object] = {}
    for module in FURNISHED:
        if furnish := getattr(module, name, None):
            label = label_of(module)
            own = furnish(*arguments) or {}
            found |= own | {f"{label}:{argument}": value for argument, value in own.items()}
    return found


def named(values: dict[str, Any], address: str, arguments: Any) -> dict[str, Any]:
    """The arguments of an address; its own before those of its app, and those before what others name."""
    label = address.partition(":")[0]
    return {
        key: values.get(f"{address}:{key}", values.get(f"{label}:{key}", values.get(key)))
        for key in arguments
    }
