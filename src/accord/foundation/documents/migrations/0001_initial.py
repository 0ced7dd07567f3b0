"""Documents."""

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
            name='Document',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('institution_id', models.UUIDField()),
                ('title', models.CharField(blank=True, max_length=200)),
                ('original_name', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('media_type', models.CharField(choices=[('application/pdf', 'PDF'), ('image/png', 'image PNG'), ('image/jpeg', 'image JPEG'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document Word'), ('application/vnd.oasis.opendocument.text', 'document OpenDocument')], max_length=100)),
                ('pages', models.PositiveIntegerField(null=True)),
                ('uploaded_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('scan_state', models.CharField(choices=[('pending', 'en cours d’analyse'), ('clean', 'analysé'), ('quarantined', 'en quarantaine'), ('refused', 'refusé')], default='pending', max_length=12)),
                ('scan_finding', models.CharField(blank=True, choices=[('', 'aucune remarque'), ('active_content', 'Ce PDF contient des éléments actifs (script, lancement).'), ('attachment', 'Ce PDF contient d’autres fichiers.'), ('scanner_away', 'L’antivirus ne répond pas ; l’analyse aura lieu dès son retour.'), ('virus', 'L’antivirus a reconnu un logiciel malveillant ; le fichier est supprimé.')], max_length=20)),
                ('scan_engine', models.CharField(blank=True, max_length=100)),
                ('signatures_at', models.DateTimeField(null=True)),
                ('scanned_at', models.DateTimeField(null=True)),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['sha256'], name='document_by_content'), models.Index(condition=models.Q(('scan_state__in', ['pending', 'quarantined'])), fields=['uploaded_at'], name='document_held_back')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='document_sha256_shape')],
            },
        ),
    ]
