"""A visit knows since when there are news; a case printed with its documents is its requester's alone."""

import accord.kernel.clock
import accord.kernel.identifiers
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accord.kernel.database.policies import ME, USER, protect


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_merging'),
        ('institutions', '0002_row_level_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='visit',
            name='since',
            field=models.DateTimeField(default=accord.kernel.clock.now),
        ),
        migrations.CreateModel(
            name='WorkingCopy',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('ready_at', models.DateTimeField(null=True)),
                ('sentence', models.TextField(blank=True, help_text='Why it could not be made.')),
                ('pdf', models.BinaryField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='institutions.institution')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-asked_at'], name='working_copy_by_user'), models.Index(fields=['expires_at'], name='working_copy_by_age')],
            },
        ),
        migrations.RunSQL("update cases_visit set since = at", migrations.RunSQL.noop),
        protect(
            "cases_workingcopy",
            read=f"user_id = {USER} and institution_id = {ME}",
            insert=f"user_id = {USER} and institution_id = {ME}",
            delete=f"user_id = {USER} and institution_id = {ME}",
        ),
    ]
