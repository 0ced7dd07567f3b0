"""Messages, preferences, mails."""

import accord.kernel.clock
import accord.kernel.identifiers
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DemoMail',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('sender', models.CharField(max_length=320)),
                ('recipients', models.TextField()),
                ('subject', models.TextField()),
                ('body', models.TextField()),
                ('message_id', models.CharField(blank=True, max_length=320)),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('cadence', models.CharField(choices=[('at_once', 'tout de suite'), ('daily', 'une fois par jour'), ('never', 'jamais')], max_length=10)),
                ('path', models.CharField(max_length=500)),
                ('due_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('state', models.CharField(choices=[('pending', 'à envoyer'), ('sent', 'envoyé'), ('needless', 'devenu inutile'), ('failed', 'échec')], default='pending', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('settled_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['due_at'], name='delivery_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cadence', 'daily')), fields=('user', 'due_at'), name='delivery_one_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('institution_id', models.UUIDField(null=True)),
                ('kind', models.CharField(max_length=60)),
                ('case_id', models.UUIDField(null=True)),
                ('params', models.JSONField(default=dict)),
                ('path', models.CharField(max_length=500)),
                ('created_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-created_at', '-id'], name='notification_by_user'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='notification_unread')],
                'constraints': [models.CheckConstraint(condition=models.Q(('path__startswith', '/')), name='notification_path_ours')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('group', models.CharField(max_length=40)),
                ('mail', models.CharField(choices=[('at_once', 'tout de suite'), ('daily', 'une fois par jour'), ('never', 'jamais')], default='at_once', max_length=10, verbose_name='E-mail')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'group'), name='preference_once')],
            },
        ),
    ]
