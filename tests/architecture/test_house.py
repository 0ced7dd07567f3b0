"""The house stands as ARCHITECTURE.md says."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from accord.foundation.journal.enums import PURPOSES
from accord.kernel.http.screens import screen_of
from accord.kernel.privacy import Privacy

SOURCE = Path(__file__).parents[2] / "src" / "accord"
OURS = [config for config in apps.get_app_configs() if config.name.startswith("accord.")]
FLOORS = ("kernel", "foundation", "network", "people", "casework", "web", "config")
INSIDE = {
    "journal": 0, "accounts": 0, "documents": 1, "notifications": 1,
    "institutions": 2, "agreements": 3, "programmes": 4, "persons": 5, "matching": 6,
    "cases": 7, "consents": 8, "capacity": 9, "employers": 10, "diagnosis": 10, "plans": 11, "meetings": 12,
    "referrals": 13, "medical": 13, "detection": 14, "emergencies": 14, "durations": 15, "advice": 15, "window": 16,
    "providers": 17, "measures": 18, "invoices": 19, "web": 20,
}  # fmt: skip


def every_view(patterns: object = None, prefix: str = "") -> list[tuple[str, object]]:
    found = []
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += every_view(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            found.append((route, pattern.callback))
    return found


@pytest.mark.parametrize(("route", "view"), every_view())
def test_every_screen_has_a_door(route, view):
    if view.__module__.startswith(("allauth.", "django.")):
        return
    assert screen_of(view) is not None, f"{route} has no @screen(policy, purpose)"


def test_no_source_file_is_long():
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 400
    }
    assert not long


@pytest.mark.parametrize("model", [m for c in OURS for m in c.get_models()], ids=lambda m: m._meta.label)
def test_foreign_keys_point_downwards(model):
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model:
            target = field.related_model._meta.app_label
            if target in INSIDE and target != model._meta.app_label:
                assert INSIDE[target] < INSIDE[model._meta.app_label], field
                assert field.remote_field.related_name == "+", f"{field} must not be seen from below"


TEXTS = {"CharField", "TextField", "EmailField", "JSONField", "BinaryField"}


@pytest.mark.parametrize("model", [m for c in OURS for m in c.get_models()], ids=lambda m: m._meta.label)
def test_privacy_tags_name_real_fields(model):
    declared = getattr(model, "privacy", {})
    known = {field.name for field in model._meta.get_fields()}
    assert set(declared) <= known
    assert all(isinstance(tag, Privacy) for tag in declared.values())


def test_the_kernel_knows_no_model():
    for path in (SOURCE / "kernel").rglob("*.py"):
        text = path.read_text()
        assert "django.db.models" not in text and "from django.db import models" not in text, path


@pytest.mark.parametrize(("route", "view"), every_view())
def test_every_purpose_has_its_words(route, view):
    """The journal shows the purpose of a reading in the reader's language."""
    door = screen_of(view)
    assert door is None or door.purpose in PURPOSES, door.purpose
