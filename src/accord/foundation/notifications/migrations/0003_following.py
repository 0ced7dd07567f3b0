"""A colleague follows cases, and says at what hour her daily mail comes; both are hers alone."""

import accord.kernel.clock
import accord.kernel.identifiers
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accord.kernel.database.policies import ME, USER, protect

FOLLOWED = """
create function accord.is_followed(wanted uuid) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select 1 from notifications_follow f where f.case_id = wanted)
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0002_row_level_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('institution_id', models.UUIDField()),
                ('case_id', models.UUIDField()),
                ('since', models.DateTimeField(default=accord.kernel.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case_id'], name='follow_by_case')],
                'constraints': [models.UniqueConstraint(fields=('user', 'institution_id', 'case_id'), name='follow_once')],
            },
        ),
        migrations.CreateModel(
            name='Rhythm',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('hour', models.PositiveSmallIntegerField(default=7, verbose_name='À quelle heure ?')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user',), name='rhythm_once'), models.CheckConstraint(condition=models.Q(('hour__lte', 23)), name='rhythm_hour')],
            },
        ),
        protect(
            "notifications_rhythm", read="true", insert=f"user_id = {USER}", update=f"user_id = {USER}"
        ),
        protect(
            "notifications_follow",
            read=f"user_id = {USER}",
            insert=f"user_id = {USER} and institution_id = {ME}",
            delete=f"user_id = {USER}",
        ),
        migrations.RunSQL(FOLLOWED, "drop function accord.is_followed(uuid)"),
    ]
