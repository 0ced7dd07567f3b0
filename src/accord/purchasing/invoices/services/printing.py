"""The invoice on paper, with the QR slip by which it is paid."""

from __future__ import annotations

import io
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from qrbill import QRBill

from accord.kernel.typesetting import typeset
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.rules.numbers import is_qr_iban

TEMPLATE = Path(__file__).parents[1] / "templates" / "invoices" / "invoice.typ"
SLIP_LANGUAGES = ("de", "fr", "it", "en")


def print_invoice(invoice: Invoice) -> bytes:
    """The PDF of an invoice; without an account to pay to it has no slip."""
    language = (get_language() or "fr")[:2]
    slip = _slip(invoice, language)
    content = {
        "title": _("Facture %(number)s") % {"number": invoice.number},
        "from": [
            line
            for line in (invoice.creditor, f"{invoice.creditor_zip} {invoice.creditor_city}".strip())
            if line
        ],
        "to": invoice.office.name,
        "facts": [
            [_("Date de la facture"), f"{invoice.dated:%d.%m.%Y}" if invoice.dated else "–"],
            [_("Numéro de décision"), invoice.decision_number or "–"],
        ],
        "columns": [_("Position"), _("Prestation"), _("Période"), _("Quantité"), _("Prix"), _("Montant")],
        "lines": [
            [
                line.code,
                line.label,
                f"{line.begin:%d.%m.%Y}" + (f"–{line.end:%d.%m.%Y}" if line.end else ""),
                f"{line.quantity.normalize():f}",
                f"{line.price:.2f}",
                f"{line.amount:.2f}",
            ]
            for line in invoice.lines.all()
        ],
        "total": [_("Total CHF"), f"{invoice.amount:.2f}"],
        "slip": slip,
        "language": language,
    }
    return typeset(TEMPLATE, content)


def _slip(invoice: Invoice, language: str) -> str:
    """The payment part as a drawing; empty when the account or the address does not allow one."""
    if not invoice.iban or not invoice.creditor_city or invoice.amount <= 0:
        return ""
    is_qr = is_qr_iban(invoice.iban)
    fits = bool(invoice.reference) and is_qr == invoice.reference.isdecimal()
    address = {
        "name": invoice.creditor or "–",
        "pcode": invoice.creditor_zip or "–",
        "city": invoice.creditor_city,
        "country": invoice.iban[:2],
    }
    try:
        bill = QRBill(
            account=invoice.iban,
            creditor=address,
            amount=f"{invoice.amount:.2f}",
            reference_number=invoice.reference if fits else None,
            additional_information=invoice.number,
            language=language if language in SLIP_LANGUAGES else "fr",
        )
    except ValueError:
        return ""
    drawing = io.StringIO()
    bill.as_svg(drawing)
    return drawing.getvalue()
