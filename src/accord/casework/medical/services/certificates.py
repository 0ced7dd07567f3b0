"""The certificate with which the medical service signs: the operator’s, or the demo’s own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from accord.kernel.clock import now
from accord.kernel.decisions import Refused

DEMO_NAME = "Accord – certificat de démonstration, sans valeur"
DEMO_PASSWORD = b"demonstration"
DEMO_YEARS = 10


@dataclass(frozen=True, slots=True)
class Certificate:
    """A PKCS#12 file that was opened and found good: its bytes, its password, and whose it is."""

    data: bytes
    password: bytes
    holder: str
    fingerprint: str
    is_demo: bool = False


def signing_certificate() -> Certificate:
    """The certificate that signs now; Refused with the reason when it is missing, unreadable or out of date."""
    named: Path | None = settings.ACCORD_SIGNING_CERTIFICATE
    demo: Path | None = settings.ACCORD_DEMO_CERTIFICATE
    if named is None and demo is None:
        raise Refused(_("Aucun certificat de signature n’est installé : adressez-vous à l’exploitant."))
    try:
        if named is not None:
            return _open(named.read_bytes(), _password(), is_demo=False)
        return _open(_demo_bytes(demo), DEMO_PASSWORD, is_demo=True)
    except (OSError, ValueError) as trouble:
        raise Refused(
            _(
                "Le certificat de signature est illisible : le rapport reste un brouillon."
                " Adressez-vous à l’exploitant."
            )
        ) from trouble


def make_demo_certificate(path: Path, *, days: int = 365 * DEMO_YEARS) -> None:
    """Make a certificate that says of itself that it is worth nothing; with negative days one that is over."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME)])
    begins, ends = sorted((now() - timedelta(days=1), now() + timedelta(days=days)))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(_signs_only(), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    sealed = pkcs12.serialize_key_and_certificates(
        DEMO_NAME.encode(), key, certificate, None, BestAvailableEncryption(DEMO_PASSWORD)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_bytes(sealed)
    draft.replace(path)


def _signs_only() -> x509.KeyUsage:
    others = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    return x509.KeyUsage(
        digital_signature=True, content_commitment=True, encipher_only=False, decipher_only=False, **others
    )


def _demo_bytes(path: Path | None) -> bytes:
    if path is None:
        return b""
    if not path.exists():
        make_demo_certificate(path)
    return path.read_bytes()


def _password() -> bytes:
    file: Path | None = settings.ACCORD_SIGNING_PASSWORD_FILE
    return file.read_bytes().strip() if file else b""


def _open(data: bytes, password: bytes, *, is_demo: bool) -> Certificate:
    _key, certificate, _chain = pkcs12.load_key_and_certificates(data, password or None)
    if _key is None or certificate is None:
        raise ValueError("no key or no certificate in the file")
    if not certificate.not_valid_before_utc <= now() <= certificate.not_valid_after_utc:
        raise Refused(
            _(
                "Le certificat de signature n’est plus valable depuis le %(day)s :"
                " le rapport reste un brouillon. Adressez-vous à l’exploitant."
            )
            % {"day": f"{certificate.not_valid_after_utc:%d.%m.%Y}"}
        )
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return Certificate(
        data=data,
        password=password,
        holder=str(names[0].value) if names else "",
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        is_demo=is_demo,
    )
