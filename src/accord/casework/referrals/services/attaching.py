"""Documents that come with an announcement."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience
from accord.casework.cases.services import file_document
from accord.casework.referrals.models import Referral
from accord.casework.referrals.policies import can_write
from accord.casework.referrals.services.announcing import lock_referral
from accord.foundation.documents.services import store_document
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.network.programmes.selectors import programme_for


@transaction.atomic
def attach_document(*, by: Actor, referral_id: UUID, key: str, upload: UploadedFile[bytes]) -> Referral:
    """File a document that the programme expects in the case, under its own kind of data.

    Raises Refused beside the document's field when the file cannot be taken.
    """
    referral = lock_referral(by, referral_id)
    can_write(by, referral).require()
    programme = programme_for(referral.case.programme, referral.case.programme_version)
    expected = next((document for document in programme.documents if document.key == key), None)
    field = f"document_{key}"
    if expected is None:
        raise Refused(_("Ce dispositif n’attend pas ce document."), field=field)
    title = expected.label.in_(by.language)
    try:
        document = store_document(by=by, file=upload, title=title)
    except Refused as refused:
        raise Refused(refused.sentence, field=field) from refused
    filed = file_document(
        by=by,
        case_id=referral.case_id,
        document=document,
        title=title,
        category=programme.category(expected.category).mask,
        audience=Audience.CIRCLE,
    )
    referral.documents.setdefault(key, []).append(str(filed.pk))
    referral.save(update_fields=["documents"])
    return referral
