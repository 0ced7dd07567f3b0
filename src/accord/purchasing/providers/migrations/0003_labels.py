"""The quality labels with which an office begins; the operator may add others."""

from django.db import migrations

LABELS = (
    "insert into providers_qualitylabel (slug, name, is_offered) values"
    " ('eduqua', 'eduQua', true), ('in-qualis', 'in-Qualis', true), ('aomas', 'AOMAS', true)"
)


class Migration(migrations.Migration):
    dependencies = [("providers", "0002_row_level_security")]

    operations = [migrations.RunSQL(LABELS, "delete from providers_qualitylabel")]
