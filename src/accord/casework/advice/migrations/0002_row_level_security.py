"""Row-level security of questions: the same rules as `policies.py`."""

from django.db import migrations

from accord.kernel.database.policies import ME, protect

ADDRESSED = (
    f"addressee_id = {ME} or (addressee_id is null"
    " and exists (select 1 from programmes_programmemember m"
    f" where m.programme_slug = advice_question.programme and m.institution_id = {ME} and m.until is null)"
    " and exists (select 1 from institutions_membership r"
    f" where r.institution_id = {ME} and r.role in ('referent', 'desk') and r.until is null))"
)
READ = f"asked_by_id = {ME} or {ADDRESSED}"
OF_VISIBLE = "exists (select 1 from advice_question q where q.id = advice_answer.question_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("advice", "0001_initial"),
        ("institutions", "0002_row_level_security"),
        ("programmes", "0002_row_level_security"),
    ]

    operations = [
        protect("advice_question", read=READ, insert=f"asked_by_id = {ME}", update=READ),
        protect("advice_answer", read=OF_VISIBLE, insert=f"institution_id = {ME} and {OF_VISIBLE}"),
    ]
