"""Row-level security of early detection and préavis: the same rules as `policies.py`."""

from importlib import import_module

from django.db import migrations

from accord.kernel.database.policies import ME, protect

walls = import_module("accord.casework.cases.migrations._walls")
DETECTION, PARTY = "detection_detection", "detection_noticeparty"
COMMUNICATED = (
    f"exists (select 1 from referrals_referral r where r.case_id = {DETECTION}.case_id"
    f" and r.sender_id = {ME} and r.desk_id = {DETECTION}.owner_id and r.sent_at is not null)"
)
"""Who sends a communication starts the clock of the office that receives it."""
SERVED_BY_US = f"exists (select 1 from detection_notice n where n.id = {PARTY}.notice_id and n.owner_id = {ME})"
OURS = f"institution_id = {ME} or {SERVED_BY_US}"


class Migration(migrations.Migration):
    dependencies = [
        ("detection", "0001_initial"),
        ("cases", "0009_circles"),
        ("referrals", "0002_row_level_security"),
    ]

    operations = [
        protect(
            DETECTION,
            read=walls.record(DETECTION),
            insert=f"(owner_id = {ME} and {walls.told(DETECTION)}) or {COMMUNICATED}",
            update=f"owner_id = {ME}",
            window=walls.FOR_THE_PERSON,
        ),
        walls.protect_record("detection_notice"),
        protect(PARTY, read=OURS, insert=SERVED_BY_US, update=OURS, window=walls.OWN_CASE),
    ]
