
import accord.casework.medical.models.requests
import accord.kernel.clock
import accord.kernel.identifiers
import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('capacity', '0002_row_level_security'),
        ('cases', '0008_working_copies'),
        ('documents', '0002_row_level_security'),
        ('institutions', '0002_row_level_security'),
        ('meetings', '0002_row_level_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MedicalRequest',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('full', 'Avis pour l’assessment'), ('advice', 'Conseil ponctuel')], default='full', max_length=10)),
                ('region', models.CharField(max_length=40)),
                ('help_needed', models.CharField(choices=[('limitations', 'Les limitations ou la capacité de travail sont inconnues ou contestées'), ('fitness', 'Il faut savoir si la personne est apte aux mesures proposées'), ('contradiction', 'Des avis médicaux se contredisent'), ('treatment', 'Il faut parler de la suite avec les médecins traitants'), ('certificate', 'Il manque un certificat ou un rapport'), ('information', 'Il faut un renseignement sur les prestations ou les démarches')], max_length=20)),
                ('why_medical', models.TextField()),
                ('tried_before', models.TextField()),
                ('measures', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('requested', 'à attribuer'), ('allocated', 'attribuée au médecin'), ('scheduled', 'entretien fixé'), ('interviewed', 'entretien tenu'), ('drafted', 'rapport à signer'), ('signed', 'rapport signé'), ('handed_in', 'rapport remis au secrétariat'), ('filed', 'rapport classé au dossier'), ('declined', 'rendue au bureau'), ('withdrawn', 'retirée')], default='requested', max_length=12)),
                ('holder', models.CharField(choices=[('secretariat', 'secrétariat du service médical'), ('doctor', 'médecin'), ('nobody', 'personne : c’est terminé')], default='secretariat', max_length=12)),
                ('held_since', models.DateTimeField(default=accord.kernel.clock.now)),
                ('due_on', models.DateField(null=True)),
                ('asked_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('allocated_at', models.DateTimeField(null=True)),
                ('scheduled_at', models.DateTimeField(null=True)),
                ('interviewed_at', models.DateTimeField(null=True)),
                ('prepared_at', models.DateTimeField(null=True)),
                ('drafted_at', models.DateTimeField(null=True)),
                ('signed_at', models.DateTimeField(null=True)),
                ('handed_in_at', models.DateTimeField(null=True)),
                ('filed_at', models.DateTimeField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.institution')),
                ('asked_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('doctor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.institution')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', 'asked_at'], name='medical_request_by_case'),
                    models.Index(fields=['service', 'state', 'held_since'], name='medical_request_by_service'),
                    models.Index(fields=['doctor', 'state'], name='medical_request_by_doctor'),
                    models.Index(fields=['meeting'], name='medical_request_by_meeting'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'allocated', 'scheduled', 'interviewed', 'drafted', 'signed', 'handed_in', 'filed', 'declined', 'withdrawn'])), name='medical_request_state_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'declined', 'withdrawn']), ('doctor__isnull', False), _connector='OR'), name='medical_request_has_doctor'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['scheduled', 'interviewed']), _negated=True), ('meeting__isnull', False), _connector='OR'), name='medical_request_has_meeting'),
                    models.CheckConstraint(condition=models.Q(models.Q(('why_medical', ''), _negated=True), models.Q(('tried_before', ''), _negated=True)), name='medical_request_is_reasoned'),
                    models.UniqueConstraint(condition=models.Q(('kind', 'full'), models.Q(('state__in', ['filed', 'declined', 'withdrawn']), _negated=True)), fields=('case',), name='medical_request_full_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InterviewNotes',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(blank=True, verbose_name='Notes d’entretien')),
                ('updated_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('saved_from', models.UUIDField(help_text='The open page that saved last.', null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='medical.medicalrequest')),
            ],
        ),
        migrations.CreateModel(
            name='Passing',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('state', models.CharField(choices=[('requested', 'à attribuer'), ('allocated', 'attribuée au médecin'), ('scheduled', 'entretien fixé'), ('interviewed', 'entretien tenu'), ('drafted', 'rapport à signer'), ('signed', 'rapport signé'), ('handed_in', 'rapport remis au secrétariat'), ('filed', 'rapport classé au dossier'), ('declined', 'rendue au bureau'), ('withdrawn', 'retirée')], max_length=12)),
                ('holder', models.CharField(choices=[('secretariat', 'secrétariat du service médical'), ('doctor', 'médecin'), ('nobody', 'personne : c’est terminé')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('doctor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passings', to='medical.medicalrequest')),
            ],
            options={
                'ordering': ['at', 'id'],
                'indexes': [
                    models.Index(fields=['request', 'at'], name='medical_passing_by_request'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.CharField(blank=True, max_length=60)),
                ('text', models.TextField(blank=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='medical.medicalrequest')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [
                    models.UniqueConstraint(fields=('request', 'position'), name='medical_question_place_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='medical_question_asks'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReadMark',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.casedocument')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='institutions.institution')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', 'user'], name='medical_read_by_case'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'document'), name='medical_read_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RegionDoctor',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('programme', models.CharField(max_length=60)),
                ('region', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField(default=1)),
                ('doctor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replacement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.institution')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('programme', 'region'), name='region_doctor_once'),
                    models.CheckConstraint(condition=models.Q(('replacement__isnull', True), models.Q(('replacement', models.F('doctor')), _negated=True), _connector='OR'), name='region_replacement_is_another'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TreatingDoctor',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='Nom')),
                ('speciality', models.CharField(blank=True, max_length=120, verbose_name='Spécialité')),
                ('reached_at', models.CharField(blank=True, max_length=200, verbose_name='Où la joindre')),
                ('created_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.institution')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('case', 'service', 'name'), name='treating_doctor_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('signed_on', models.DateField(verbose_name='Signée le')),
                ('valid_until', models.DateField(verbose_name='Valable jusqu’au')),
                ('recorded_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.institution')),
                ('treating', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='medical.treatingdoctor')),
            ],
            options={
                'ordering': ['-recorded_at'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('signed_on'))), name='release_ends_after_signing'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DoctorContact',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField(blank=True, null=True, verbose_name='Jour')),
                ('means', models.CharField(choices=[('phone', 'Téléphone'), ('letter', 'Lettre'), ('mail', 'Courriel protégé'), ('visit', 'Entretien')], default='phone', max_length=10, verbose_name='Par quel moyen')),
                ('learnt', models.TextField(blank=True, verbose_name='Ce que vous avez appris')),
                ('kept_at', models.DateTimeField(null=True)),
                ('updated_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('saved_from', models.UUIDField(help_text='The open page that saved last.', null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.institution')),
                ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='medical.release')),
                ('treating', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='medical.treatingdoctor')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', 'updated_at'], name='contact_by_case'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kept_at__isnull', True), models.Q(('release__isnull', False), ('on__isnull', False), models.Q(('learnt', ''), _negated=True)), _connector='OR'), name='contact_kept_is_released'),
                    models.UniqueConstraint(condition=models.Q(('kept_at__isnull', True)), fields=('treating', 'author'), name='contact_draft_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField(verbose_name='Absente du')),
                ('until', models.DateField(verbose_name='au')),
                ('doctor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='institutions.institution')),
            ],
            options={
                'indexes': [models.Index(fields=['service', 'until'], name='absence_by_service')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='absence_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('service', '='), ('doctor', '='), (accord.casework.medical.models.requests.Days('since', 'until', models.Value('[]')), '&&')], name='absence_once')],
            },
        ),
        migrations.CreateModel(
            name='ClarificationDue',
            fields=[
                ('id', models.UUIDField(default=accord.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('raised_at', models.DateTimeField(default=accord.kernel.clock.now)),
                ('due_on', models.DateField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('conclusion', models.TextField(blank=True, verbose_name='Ce qui est éclairci')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('doctor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='capacity.incapacityperiod')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.institution')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['service', 'due_on'], name='clarification_to_do')],
                'constraints': [models.CheckConstraint(condition=models.Q(('settled_at__isnull', True), models.Q(('conclusion', ''), _negated=True), _connector='OR'), name='clarification_settled_says_what')],
            },
        ),
    ]
