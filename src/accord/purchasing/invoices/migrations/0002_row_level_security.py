"""Row-level security of invoices: the same rules as `policies.py`."""

from django.db import migrations

from accord.kernel.database.policies import ME, protect

OFFICE = f"office_id = {ME}"
AS_PROVIDER = (
    f"exists (select 1 from providers_provider p where p.id = invoices_invoice.provider_id and p.institution_id = {ME})"
)
OF_INVOICE = "exists (select 1 from invoices_invoice i where i.id = invoice_id)"
AT_OFFICE = f"exists (select 1 from invoices_invoice i where i.id = invoice_id and i.office_id = {ME})"
BY_SENDER = f"exists (select 1 from invoices_invoice i where i.id = invoice_id and i.sender_id = {ME})"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0001_initial"), ("measures", "0002_row_level_security")]

    operations = [
        protect(
            "invoices_batch",
            read=f"{OFFICE} or sender_id = {ME}",
            insert=f"{OFFICE} or sender_id = {ME}",
        ),
        protect(
            "invoices_invoice",
            read=f"{OFFICE} or sender_id = {ME} or {AS_PROVIDER}",
            insert=f"({OFFICE} or sender_id = {ME}) and state = 'received'",
            update=OFFICE,
        ),
        protect("invoices_invoicefile", read=OF_INVOICE, insert=f"{AT_OFFICE} or {BY_SENDER}"),
        protect("invoices_invoiceline", read=OF_INVOICE),
        protect("invoices_invoicefinding", read=OF_INVOICE, insert=AT_OFFICE),
        protect("invoices_billedmonth", read=OF_INVOICE, delete=AT_OFFICE),
        protect("invoices_response", read=OF_INVOICE, insert=AT_OFFICE),
        protect("invoices_paymentterms", read="true", insert=OFFICE, update=OFFICE),
        protect("invoices_paymentorder", read=OFFICE, insert=OFFICE, update=OFFICE),
        protect("invoices_booking", read=OFFICE, insert=OFFICE),
    ]
