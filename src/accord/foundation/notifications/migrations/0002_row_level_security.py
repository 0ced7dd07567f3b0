"""A message is read by the colleague to whom it is addressed; anybody at work may send one."""

from django.db import migrations

from accord.kernel.database.policies import USER, protect


class Migration(migrations.Migration):
    """How somebody wants to be told may be known by those who tell her."""

    dependencies = [("notifications", "0001_initial")]

    operations = [
        protect(
            "notifications_notification",
            read=f"user_id = {USER}",
            insert="true",
            update=f"user_id = {USER}",
        ),
        protect(
            "notifications_preference",
            read="true",
            insert=f"user_id = {USER}",
            update=f"user_id = {USER}",
        ),
        protect("notifications_delivery", read=f"user_id = {USER}", insert="true"),
    ]
