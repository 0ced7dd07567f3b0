"""Programs hand in invoices with a key; each invoice has the number of a receipt."""

import accord.kernel.clock
import accord.kernel.identifiers
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accord.kernel.database.policies import ME, protect

DEFINER = "security definer set search_path = public, pg_temp"
SOURCES = [
    ("upload", "fichier déposé"),
    ("form", "formulaire en ligne"),
    ("folder", "dossier surveillé"),
    ("program", "programme de facturation"),
]
USE_KEY = f"""
create function accord.use_reception_key(digest text, at timestamptz, most int)
returns table (key uuid, institution uuid, wait float) language plpgsql {DEFINER} as $$
begin
  update invoices_receptionkey k set
    used_at = at,
    minute_at = case when k.minute_at > at - interval '1 minute' then k.minute_at else at end,
    in_minute = case when k.minute_at > at - interval '1 minute' then k.in_minute + 1 else 1 end
  from institutions_institution i
  where k.sha256 = digest and k.revoked_at is null and i.id = k.institution_id and i.is_active
  returning k.id, k.institution_id,
    case when k.in_minute > most then extract(epoch from k.minute_at + interval '1 minute' - at) else 0 end
  into key, institution, wait;
  if found then return next; end if;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0002_row_level_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceptionKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accord.kernel.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="Nom de la clé")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "ending",
                    models.CharField(help_text="Its last signs, by which its owner knows it.", max_length=4),
                ),
                ("created_at", models.DateTimeField(default=accord.kernel.clock.now)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "minute_at",
                    models.DateTimeField(help_text="When the minute that is counted began.", null=True),
                ),
                ("in_minute", models.PositiveIntegerField(default=0)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="institutions.institution",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("institution", "name"),
                        name="reception_key_name_once",
                    )
                ],
            },
        ),
        protect(
            "invoices_receptionkey",
            read=f"institution_id = {ME}",
            insert=f"institution_id = {ME}",
            update=f"institution_id = {ME}",
        ),
        migrations.RunSQL(
            [
                USE_KEY,
                "revoke all on function accord.use_reception_key(text, timestamptz, int) from public",
                "grant execute on function accord.use_reception_key(text, timestamptz, int) to accord_app",
            ],
            "drop function accord.use_reception_key(text, timestamptz, int)",
        ),
        migrations.RunSQL(
            "create sequence invoices_receipt;"
            " grant usage, select on sequence invoices_receipt to accord_app, accord_worker",
            "drop sequence invoices_receipt",
        ),
        migrations.AddField(
            model_name="invoice",
            name="receipt",
            field=models.BigIntegerField(
                db_default=models.Func(
                    models.Value("invoices_receipt"),
                    function="nextval",
                    output_field=models.BigIntegerField(),
                ),
                editable=False,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="source",
            field=models.CharField(choices=SOURCES, max_length=8),
        ),
        migrations.AlterField(
            model_name="invoice",
            name="source",
            field=models.CharField(choices=SOURCES, max_length=8),
        ),
    ]
