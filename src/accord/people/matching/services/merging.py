"""Make two registrations one, and two again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.clock import SWISS_TIME, now, today
from accord.kernel.decisions import Refused, Stale
from accord.people.matching.models import Merge
from accord.people.matching.policies import can_merge, can_undo
from accord.people.matching.rules import PARTICULARS, Choice, united
from accord.people.matching.selectors import later_merge_on, merge_for, own_two
from accord.people.matching.services.comparing import learn_of
from accord.people.matching.services.fingerprints import keep_fingerprints
from accord.people.matching.services.moving import move_all, move_all_back
from accord.people.persons.enums import SENTENCES
from accord.people.persons.models import Person
from accord.people.persons.rules import examine, name_key

NAMES = [name for fields in PARTICULARS for name in fields]


def particulars_of(person: Person) -> dict[str, str | bool]:
    """What is known of her, field by field."""
    return {name: getattr(person, name) for name in NAMES}


@transaction.atomic
def merge_persons(
    *,
    by: Actor,
    kept_id: UUID,
    gone_id: UUID,
    decided: Mapping[str, Choice],
    reason: str,
    read: tuple[int, int] | None = None,
) -> Merge:
    """Make one person of two registrations of one's institution: the one that is kept takes all along.

    What contradicts is decided, question by question; what only one knows is kept. `read` holds the versions
    that were compared. Raises Person.DoesNotExist for whom one may not know; Stale when one of them was
    corrected in between; Refused beside a question that was left open, or when an institution has a file open
    on each of them.
    """
    kept, gone = _locked(by, kept_id, gone_id)
    can_merge(by, kept, gone).require()
    if read is not None and read != (kept.version, gone.version):
        raise Stale((kept, gone))
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Dites pourquoi c’est la même personne."), field="reason")
    values = _united(kept, gone, decided)
    before = {"kept": snapshot(kept), "gone": snapshot(gone)}
    moved = move_all(by, gone, kept)
    _set_aside(gone, kept)
    _take(kept, values)
    merge = Merge.objects.create(
        institution_id=by.institution_key,
        kept=kept,
        gone=gone,
        reason=reason[:200],
        before=before,
        after={"kept": snapshot(kept), "gone": snapshot(gone)},
        moved=moved,
        by_id=by.user_id,
    )
    _record(by, "merged", merge)
    return merge


def _locked(by: Actor, kept_id: UUID, gone_id: UUID) -> tuple[Person, Person]:
    """Both rows for one writer, always in the same order."""
    own_two(by, kept_id, gone_id)
    rows = Person.objects.filter(pk__in=(kept_id, gone_id)).order_by("pk").select_for_update()
    found = {person.pk: person for person in rows}
    return found[kept_id], found[gone_id]


def _united(kept: Person, gone: Person, decided: Mapping[str, Choice]) -> dict[str, str | bool]:
    try:
        values = united(particulars_of(kept), particulars_of(gone), decided)
    except KeyError as undecided:
        raise Refused(
            _("Les deux enregistrements se contredisent : choisissez."), field=str(undecided.args[0])
        ) from undecided
    for name, problem in examine(values, today=today()).problems.items():
        raise Refused(SENTENCES[problem], field=name)
    return values


def _set_aside(gone: Person, kept: Person) -> None:
    """It stays as an alias: without words to be found by, and without its number, which the other may take."""
    gone.merged_into = kept
    gone.name_key = gone.avs_number = ""
    gone.version += 1
    gone.updated_at = now()
    gone.save()
    keep_fingerprints([gone])


def _take(kept: Person, values: Mapping[str, str | bool]) -> None:
    for name, value in values.items():
        setattr(kept, name, value)
    kept.name_key = name_key(kept.family_name, kept.given_names, kept.birth_name)
    kept.version += 1
    kept.updated_at = now()
    kept.save()
    learn_of(kept)


def snapshot(person: Person) -> dict[str, Any]:
    """Every column of her row, as text that gives back the same value."""
    return {
        field.attname: None if getattr(person, field.attname) is None else field.value_to_string(person)
        for field in Person._meta.concrete_fields
    }


@transaction.atomic
def undo_merge(*, by: Actor, merge_id: UUID) -> Merge:
    """Make two of one again: both rows as they were, and what each app had moved goes back.

    What was written after the merge stays with the person who was kept. Raises Merge.DoesNotExist for what one
    may not know; Refused while a later merge rests on this one, or when somebody else has got the AVS number.
    """
    merge = merge_for(by, merge_id)
    can_undo(by, merge).require()
    rows = Person.objects.filter(pk__in=(merge.kept_id, merge.gone_id)).order_by("pk").select_for_update()
    found = {person.pk: person for person in rows}
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    can_undo(by, merge).require()
    if later := later_merge_on(merge):
        raise Refused(
            _("Une réunion plus récente repose sur celle-ci : annulez d’abord celle du %(day)s.")
            % {"day": f"{later.at.astimezone(SWISS_TIME):%d.%m.%Y}"}
        )
    kept, gone = found[merge.kept_id], found[merge.gone_id]
    move_all_back(by, gone, kept, merge.moved)
    _restore(kept, merge.before["kept"], merge.after["kept"])
    _restore(gone, merge.before["gone"], merge.after["gone"])
    merge.undone_at, merge.undone_by_id = now(), by.user_id
    merge.save(update_fields=["undone_at", "undone_by"])
    _record(by, "unmerged", merge)
    return merge


def corrected_since(merge: Merge) -> list[str]:
    """Names of the particulars of the person kept that were corrected after the merge: they stay."""
    current = snapshot(merge.kept)
    return [name for name in NAMES if current[name] != merge.after["kept"][name]]


def _restore(person: Person, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Column by column; what was changed after the merge stays as it is."""
    current = snapshot(person)
    is_untouched = current == after
    for field in Person._meta.concrete_fields:
        name = field.attname
        if is_untouched or (current[name] == after[name] and name not in ("version", "updated_at")):
            setattr(person, name, None if before[name] is None else field.to_python(before[name]))
    if not is_untouched:
        person.name_key = name_key(person.family_name, person.given_names, person.birth_name)
        person.version += 1
        person.updated_at = now()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        if "person_avs_once" not in str(error):
            raise
        raise Refused(
            _(
                "Entre-temps, votre institution a donné ce numéro AVS à une autre personne : corrigez-la d’abord."
            )
        ) from error
    learn_of(person)


def _record(by: Actor, verb: str, merge: Merge) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="merge",
        subject_id=merge.pk,
        data={
            "kept": str(merge.kept_id),
            "gone": str(merge.gone_id),
            "reason": merge.reason,
            "moved": cast("dict[str, Any]", merge.moved),
        },
    )
