"""Load a list of ICD-10 codes, and make it the one that is searched."""

from __future__ import annotations

from django.db import transaction

from accord.casework.medical.models import Icd10Code
from accord.casework.medical.rules.icd10 import read_list
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor

TITLE_LENGTH = 300


@transaction.atomic
def load_codes(*, by: Actor, data: bytes, release: str, language: str) -> int:
    """Take in a list under the name of its release; loading it again replaces it. Returns how many codes.

    The lists of other releases stay, and are no longer searched in the languages of this one. Raises Unreadable
    with the line when the file is no list of codes.
    """
    entries = {(one.language, one.code): one for one in read_list(data, language)}
    languages = {language for language, _code in entries}
    Icd10Code.objects.filter(release=release, language__in=languages).delete()
    Icd10Code.objects.filter(language__in=languages).update(is_current=False)
    Icd10Code.objects.bulk_create(
        (
            Icd10Code(
                release=release,
                language=one.language,
                code=one.code,
                title=one.title[:TITLE_LENGTH],
                is_current=True,
            )
            for one in entries.values()
        ),
        batch_size=2000,
    )
    record(
        by=by,
        verb="loaded",
        subject_kind="code list",
        data={"release": release, "languages": sorted(languages), "codes": len(entries)},
    )
    return len(entries)
