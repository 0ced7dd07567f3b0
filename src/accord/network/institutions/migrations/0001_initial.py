"""Institutions and who works there."""

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
            name='Institution',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='Nom')),
                ('short_name', models.CharField(max_length=40, verbose_name='Nom court')),
                ('kind', models.CharField(choices=[('ai_office', 'Office de l’assurance-invalidité'), ('employment_office', 'Office de l’emploi'), ('social_aid', 'Aide sociale'), ('cii_office', 'Bureau CII'), ('medical_service', 'Service médical régional'), ('insurer_daily_lamal', 'Assureur d’indemnités journalières (LAMal)'), ('insurer_daily_lca', 'Assureur d’indemnités journalières (LCA)'), ('insurer_accident', 'Assureur-accidents (LAA)'), ('pension_fund', 'Institution de prévoyance (LPP)'), ('health_fund', 'Caisse d’assurance maladie'), ('employer', 'Employeur'), ('career_guidance', 'Orientation professionnelle'), ('association', 'Association'), ('provider', 'Prestataire')], max_length=30)),
                ('language', models.CharField(default='fr', max_length=2, verbose_name='Langue')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Téléphone')),
                ('grants_reciprocity', models.BooleanField(default=False, help_text='LACI art. 85f al. 2 let. b : sans réciprocité, pas de consultation.', verbose_name='Accorde la réciprocité pour les données de l’assurance-chômage')),
                ('may_hold_avs', models.BooleanField(default=False, help_text='LAVS art. 153b ss.', verbose_name='Autorisée à utiliser le numéro AVS')),
                ('is_active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='local_bodies', to='institutions.institution')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='institutions.territory')),
            ],
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('address', models.TextField(blank=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sites', to='institutions.institution')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.territory')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='institution',
            name='territories',
            field=models.ManyToManyField(blank=True, related_name='+', to='institutions.territory'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('caseworker', 'Gestionnaire de cas'), ('referent', 'Référent CII'), ('desk', 'Bureau CII'), ('secretary', 'Secrétariat'), ('doctor', 'Médecin'), ('manager', 'Responsable'), ('administrator', 'Administrateur de l’institution'), ('data_protection', 'Délégué à la protection des données')], max_length=30)),
                ('since', models.DateTimeField(default=accord.kernel.clock.now)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='institutions.institution')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='institutions.site')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('user', 'institution', 'role'), name='membership_once'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='membership_period')],
            },
        ),
    ]
