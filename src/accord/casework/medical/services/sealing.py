"""Sign a PDF, and say later whether it is still what was signed (PAdES, ETSI EN 319 142-1, by pyHanko)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from accord.casework.medical.services.certificates import Certificate
from accord.kernel.decisions import Refused

FIELD = "Signature"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a signed PDF says of itself."""

    signer: str
    certificate: str
    fingerprint: str
    at: datetime | None
    is_unchanged: bool


def seal(pdf: bytes, *, certificate: Certificate, signer: str, reason: str) -> bytes:
    """The PDF with a signature over all of it; Refused, and nothing half-signed, when it cannot be made."""
    try:
        key = signers.SimpleSigner.load_pkcs12_data(
            certificate.data, other_certs=[], passphrase=certificate.password or None
        )
        signed = signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)),
            signers.PdfSignatureMetadata(
                field_name=FIELD,
                md_algorithm="sha256",
                subfilter=SigSeedSubFilter.PADES,
                name=signer,
                reason=reason,
            ),
            signer=key,
        )
    except (SigningError, PdfError, ValueError) as trouble:
        raise Refused(_("La signature n’a pas pu être apposée : le rapport reste un brouillon.")) from trouble
    sealed: bytes = signed.getvalue()
    return sealed


def read_seal(pdf: bytes) -> Seal | None:
    """Who signed, when, and whether nothing was changed since; None when the PDF bears no signature.

    Whose certificate it is, is told by its fingerprint, which the report keeps: the one that signs is taken as
    its own root, and nothing is fetched.
    """
    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
        if not found:
            return None
        itself = ValidationContext(trust_roots=[found[0].signer_cert])
        status = validate_pdf_signature(found[0], itself)
    except (PdfError, SignatureValidationError, ValueError):
        return Seal(signer="", certificate="", fingerprint="", at=None, is_unchanged=False)
    cert = status.signing_cert
    return Seal(
        signer=str(found[0].sig_object.get("/Name", "")),
        certificate=str(cert.subject.native.get("common_name", "")),
        fingerprint=cert.sha256.hex(),
        at=status.signer_reported_dt,
        is_unchanged=status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    )
