"""The journal and the ledger of submitted forms."""

import accord.kernel.clock
import accord.kernel.identifiers
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('journal', '0000_ground'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('user_id', models.UUIDField(null=True)),
                ('user_name', models.TextField(default='')),
                ('institution_id', models.UUIDField(null=True)),
                ('institution_name', models.TextField(default='')),
                ('verb', models.TextField()),
                ('is_read', models.BooleanField(default=False)),
                ('subject_kind', models.TextField()),
                ('subject_id', models.UUIDField(null=True)),
                ('subject_label', models.TextField(default='')),
                ('cases', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('purpose', models.TextField(default='')),
                ('legal_basis', models.TextField(default='')),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['institution_id', '-at', '-id'], name='journal_by_institution'), django.contrib.postgres.indexes.GinIndex(fastupdate=True, fields=['cases'], name='journal_by_case')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('token', models.UUIDField(primary_key=True, serialize=False)),
                ('user_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('location', models.TextField(default='')),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='submission_by_age')],
            },
        ),
    ]
