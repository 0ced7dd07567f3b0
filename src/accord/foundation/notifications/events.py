"""What may be told to colleagues: each app registers its kinds of messages when it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A kind of message: its sentence, and the group in which one chooses how to be told."""

    key: str
    sentence: str | Promise
    group: str


GROUPS: dict[str, str | Promise] = {
    "cases": _("Dossiers"),
    "followed": _("Dossiers suivis"),
    "referrals": _("Annonces"),
    "consents": _("Autorisations"),
    "emergencies": _("Accès en urgence"),
    "medical": _("Avis médical"),
    "platform": _("Accord"),
}
"""Groups that have a name of their own on the preferences page."""

HOUR = "hour"
"""The field of the hour at which the daily mail comes; no group is called so."""

_kinds: dict[str, MessageKind] = {}


def register_kind(key: str, sentence: str | Promise, group: str) -> None:
    """Declare a kind of message; the sentence names a case by its number, never a person.

    Raises ValueError when another sentence already has this key.
    """
    kind = MessageKind(key, sentence, group)
    if _kinds.setdefault(key, kind) != kind:
        raise ValueError(f"the message kind {key} is registered twice")


def kind_of(key: str) -> MessageKind:
    """The registered kind; KeyError for one that no app has declared."""
    return _kinds[key]


def group_of(key: str) -> str:
    """The group of a kind; an empty text for one that has since disappeared."""
    return _kinds[key].group if key in _kinds else ""


def kinds() -> list[MessageKind]:
    """Every registered kind, by its key."""
    return [_kinds[key] for key in sorted(_kinds)]


def sentence_of(key: str, params: Mapping[str, object]) -> str:
    """The message in the reader's language; a kind that has since disappeared has a plain sentence."""
    if key not in _kinds:
        return gettext("Un message d’une version antérieure d’Accord.")
    try:
        return str(_kinds[key].sentence) % params
    except KeyError:
        return gettext("Il y a du nouveau dans un dossier.")


def groups() -> dict[str, str]:
    """The groups that have at least one kind, with their names, in a stable order."""
    used = {kind.group for kind in _kinds.values()}
    known = {group: str(name) for group, name in GROUPS.items() if group in used}
    return known | {group: group for group in sorted(used - GROUPS.keys())}
