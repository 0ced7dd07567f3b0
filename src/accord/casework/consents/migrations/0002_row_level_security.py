"""Row-level security of authorisations: the same rules as `policies.py`."""

from django.db import migrations

from accord.kernel.database.policies import ME, protect

TOLD = (
    "exists (select 1 from cases_disclosure d where d.case_id = consents_consent.case_id"
    f" and d.recipient_id = {ME} and d.valid_from <= statement_timestamp()"
    " and d.valid_until > statement_timestamp())"
)
OF_VISIBLE = "exists (select 1 from consents_consent c where c.id = consents_grant.consent_id)"


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_initial"), ("cases", "0002_row_level_security")]

    operations = [
        protect("consents_consent", read=TOLD, insert=f"recorded_by_id = {ME} and {TOLD}", update=TOLD),
        protect("consents_grant", read=OF_VISIBLE, insert=OF_VISIBLE, update=OF_VISIBLE),
    ]
