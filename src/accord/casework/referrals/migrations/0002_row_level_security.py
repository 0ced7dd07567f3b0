"""Row-level security of announcements: the same rules as `policies.py`."""

from django.db import migrations

from accord.kernel.database.policies import ME, protect

SENT_OR_ADDRESSED = f"sender_id = {ME} or (desk_id = {ME} and sent_at is not null)"
OF_VISIBLE = "exists (select 1 from referrals_referral r where r.id = referrals_exchange.referral_id)"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("cases", "0002_row_level_security")]

    operations = [
        protect(
            "referrals_referral",
            read=SENT_OR_ADDRESSED,
            insert=f"sender_id = {ME}",
            update=SENT_OR_ADDRESSED,
        ),
        protect("referrals_exchange", read=OF_VISIBLE, insert=OF_VISIBLE, update=OF_VISIBLE),
    ]
