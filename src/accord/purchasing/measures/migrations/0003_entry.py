"""How the person meets the condition of entry of a measure."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_row_level_security")]

    operations = [
        migrations.AddField(
            model_name="individualmeasure",
            name="entry",
            field=models.TextField(
                blank=True,
                default="",
                help_text="How she meets the condition of entry, where there is one.",
            ),
            preserve_default=False,
        )
    ]
