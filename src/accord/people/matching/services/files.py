"""The institutions' own files follow the person."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.people.persons.models import Person


def move_files(by: Actor, gone: Person, kept: Person) -> list[str]:
    """Every file of the one that goes, of other institutions too; Refused when one has a file open on both."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select accord.move_files(%s, %s, null)", [gone.pk, kept.pk])
            return [str(key) for key in cursor.fetchone()[0]]
    except IntegrityError as error:
        if "file_open_once" not in str(error):
            raise
        raise Refused(
            _("Une même institution a un dossier ouvert sur chacune des deux : il faut d’abord en fermer un.")
        ) from error


def move_files_back(by: Actor, gone: Person, kept: Person, moved: list[str]) -> None:
    """The files that came from the one that returns."""
    with connection.cursor() as cursor:
        cursor.execute("select accord.move_files(%s, %s, %s::uuid[])", [kept.pk, gone.pk, moved])
