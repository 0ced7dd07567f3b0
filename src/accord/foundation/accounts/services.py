"""What somebody changes about herself, and how a colleague is enrolled."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accord.foundation.accounts.models import User
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused

PROFILE = ("first_name", "last_name", "language", "theme", "phone")


@transaction.atomic
def change_profile(*, by: Actor, values: Mapping[str, str]) -> User:
    """Change one's own name, language, theme or telephone; other keys are left alone."""
    user = User.objects.select_for_update().get(pk=by.user_key)
    changed = [name for name in PROFILE if name in values]
    if values.get("language", user.language) not in dict(settings.LANGUAGES):
        raise Refused(_("Cette langue n’est pas proposée."), field="language")
    for name in changed:
        setattr(user, name, values[name])
    user.save(update_fields=changed)
    return user


@transaction.atomic
def enrol(*, by: Actor, email: str, first_name: str, last_name: str, language: str) -> User:
    """The account with this address, or a new one; she sets her password by the link “forgotten password”.

    Raises `Refused` beside `email` when the account was closed. Whether the actor may enrol somebody is
    decided by the app that enrols.
    """
    known = User.objects.filter(email__iexact=email.strip()).first()
    if known is None:
        return User.objects.create_user(
            email.strip(), first_name=first_name, last_name=last_name, language=language
        )
    if not known.is_active:
        raise Refused(_("Ce compte est fermé ; demandez sa réouverture à l’exploitant."), field="email")
    return known
