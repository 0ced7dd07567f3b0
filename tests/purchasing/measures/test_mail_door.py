"""Mails at the door, over a real socket of this machine."""

from __future__ import annotations

import smtplib
import socket
from email.message import EmailMessage

import pytest
from django.core import mail

from accord.purchasing.measures.models import PoliteReply, RefusedMail
from accord.purchasing.measures.rules import Mail, obstacle_of, should_reply
from accord.purchasing.measures.services.door import door

INVOICE = Mail("a@b.ch", "Facture 12", (("facture.pdf", "application/pdf"),))


@pytest.mark.parametrize(
    ("mail", "obstacle", "is_answered"),
    [
        (INVOICE, "invoice", True),
        (Mail("a@b.ch", "Rechnung", (("scan.pdf", "application/pdf"),)), "invoice", True),
        (Mail("a@b.ch", "", (("x.xml", "application/xml"),)), "invoice", True),
        (Mail("a@b.ch", "Bonjour", (("bilan.pdf", "application/pdf"),)), "attachment", True),
        (Mail("a@b.ch", "Bonjour"), "message", False),
        (Mail("", "Facture", (("facture.pdf", "application/pdf"),)), "invoice", False),
        (Mail("a@b.ch", "x", (("facture.pdf", ""),), auto_submitted="auto-replied"), "invoice", False),
        (Mail("a@b.ch", "x", (("facture.pdf", ""),), auto_submitted="no"), "invoice", True),
        (Mail("a@b.ch", "x", (("facture.pdf", ""),), list_id="<l.ch>"), "invoice", False),
        (Mail("a@b.ch", "x", (("facture.pdf", ""),), precedence="bulk"), "invoice", False),
        (Mail("MAILER-DAEMON@b.ch", "x", (("facture.pdf", ""),)), "invoice", False),
        (Mail("a@b.ch", "Absent", auto_submitted="auto-replied"), "automatic", False),
    ],
)
def test_why_a_mail_is_refused_and_whether_it_is_answered(mail, obstacle, is_answered):
    assert obstacle_of(mail) == obstacle
    assert should_reply(mail, was_answered_today=False) is is_answered
    assert not should_reply(mail, was_answered_today=True)


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def invoice(size: int = 10, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "x@atelier.example", "ai@office.example", "Facture"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Ci-joint.")
    message.add_attachment(b"x" * size, maintype="application", subtype="pdf", filename="facture.pdf")
    return message


def counted() -> dict[str, int]:
    return dict(RefusedMail.objects.values_list("obstacle", "count"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("journal_can_be_emptied")
@pytest.mark.parametrize("client", [smtplib.SMTP, smtplib.LMTP])
def test_an_invoice_is_refused_counted_and_answered_once_a_day(port, client):
    listener = door("127.0.0.1", port, is_local_delivery=client is smtplib.LMTP)
    listener.start()
    try:
        with client("127.0.0.1", port) as server:
            for headers in ({}, {}, {"Auto_Submitted": "auto-generated"}):
                with pytest.raises(smtplib.SMTPDataError) as caught:
                    server.send_message(invoice(**headers))
                assert caught.value.smtp_code == 550
                assert b"factures" in caught.value.smtp_error
                assert b"Rechnungen" in caught.value.smtp_error
    finally:
        listener.stop()
    assert counted() == {"invoice": 3}
    (reply,) = mail.outbox
    assert (reply.to, reply.extra_headers["Auto-Submitted"]) == (["x@atelier.example"], "auto-replied")
    assert "espace" in reply.body
    assert "atelier" not in PoliteReply.objects.get().sender


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("journal_can_be_emptied")
def test_a_mail_without_sender_is_never_answered(port):
    listener = door("127.0.0.1", port)
    listener.start()
    try:
        with smtplib.SMTP("127.0.0.1", port) as server, pytest.raises(smtplib.SMTPDataError):
            server.sendmail("", ["ai@office.example"], invoice().as_bytes())
    finally:
        listener.stop()
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("journal_can_be_emptied")
def test_what_is_too_big_is_not_read(port):
    listener = door("127.0.0.1", port, most_bytes=5_000)
    listener.start()
    try:
        with (
            smtplib.SMTP("127.0.0.1", port) as server,
            pytest.raises(smtplib.SMTPResponseException) as caught,
        ):
            server.sendmail("x@atelier.example", ["a@b.example"], invoice(20_000).as_bytes())
    finally:
        listener.stop()
    assert caught.value.smtp_code == 552
    assert counted() == {"too_big": 1}
    assert not mail.outbox
