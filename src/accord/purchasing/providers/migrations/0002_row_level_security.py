"""Row-level security of providers: the same rules as `policies.py`."""

from django.db import migrations

from accord.kernel.database.policies import ME, also_readable, protect

AN_OFFICE = f"exists (select 1 from institutions_institution o where o.id = {ME} and o.kind = 'ai_office')"
PROVIDER = "exists (select 1 from providers_provider p where p.id = provider_id{extra})"
OF_PROVIDER = PROVIDER.format(extra="")
ADMITTED = PROVIDER.format(extra=f" and p.office_id = {ME}")
OWN_OR_ADMITTED = PROVIDER.format(extra=f" and {ME} in (p.institution_id, p.office_id)")
OFFER = "exists (select 1 from providers_offer o where o.id = offer_id)"
VISIT = "exists (select 1 from providers_visit v where v.id = visit_id)"
VISITED = f"exists (select 1 from providers_visit v where v.id = visit_id and v.office_id = {ME})"
AGREEMENT = "accord.knows_agreement(agreement_id)"
NEGOTIATED = (
    "exists (select 1 from agreements_agreement a"
    " where a.id = agreement_id and a.state in ('draft', 'negotiation'))"
)
PRICE_STANDS = """
create function accord.guard_price() returns trigger language plpgsql as
$$
begin
  if (new.agreement_id, new.code, new.unit, new.price, new.valid_from)
    is distinct from (old.agreement_id, old.code, old.unit, old.price, old.valid_from)
  then
    raise exception 'An agreed price is never edited; a new one follows it.' using errcode = 'check_violation';
  end if;
  return new;
end
$$
"""
DOCUMENT = (
    "exists (select 1 from providers_certificate c where c.document_id = documents_document.id)"
    " or exists (select 1 from providers_offerpiece k where k.document_id = documents_document.id)"
)
ADMITS = (
    "create policy admits_provider on institutions_institution for insert to accord_app"
    f" with check (kind = 'provider' and {AN_OFFICE})"
)
INVITES = (
    "create policy invites_to_provider on institutions_membership for insert to accord_app"
    " with check (exists (select 1 from providers_provider p"
    f" where p.institution_id = institutions_membership.institution_id and p.office_id = {ME}))"
)
LABELS = (
    "insert into providers_qualitylabel (slug, name, is_offered) values"
    " ('eduqua', 'eduQua', true), ('in-qualis', 'in-Qualis', true), ('aomas', 'AOMAS', true)"
)


class Migration(migrations.Migration):
    """An AI office admits providers, and invites their first members; the public reads what it expects."""

    dependencies = [("providers", "0001_initial"), ("agreements", "0002_row_level_security")]

    operations = [
        migrations.RunSQL(
            "create sequence offers_number;"
            " grant usage, select on sequence offers_number to accord_app, accord_worker",
            "drop sequence offers_number",
        ),
        protect("providers_qualitylabel", read="true"),
        protect("providers_guidance", read="true", insert=f"office_id = {ME} and {AN_OFFICE}"),
        protect(
            "providers_provider",
            read=f"institution_id = {ME} or office_id = {ME} or {AN_OFFICE}",
            insert=f"office_id = {ME} and {AN_OFFICE}",
            update=f"{ME} in (institution_id, office_id)",
        ),
        protect(
            "providers_offer", read=f"office_id = {ME}", insert=f"office_id = {ME}", update=f"office_id = {ME}"
        ),
        protect("providers_offerpiece", read=OFFER, insert=OFFER, delete=OFFER),
        protect("providers_offerexchange", read=OFFER, insert=OFFER, update=OFFER),
        protect("providers_magiclink", read=OFFER, insert=OFFER, update=OFFER),
        protect(
            "providers_certificate",
            read=OF_PROVIDER,
            insert=OWN_OR_ADMITTED,
            update=OWN_OR_ADMITTED,
            delete=OWN_OR_ADMITTED,
        ),
        protect("providers_visit", read=OF_PROVIDER, insert=f"office_id = {ME} and {ADMITTED}"),
        protect("providers_finding", read=VISIT, insert=VISITED, update=VISIT),
        protect("providers_tariffproposal", read=AGREEMENT, insert=AGREEMENT, update=AGREEMENT),
        protect(
            "providers_tariffposition",
            read=AGREEMENT,
            insert=AGREEMENT,
            update=AGREEMENT,
            delete=f"{AGREEMENT} and {NEGOTIATED}",
        ),
        migrations.RunSQL(PRICE_STANDS, "drop function accord.guard_price()"),
        migrations.RunSQL(
            "create trigger price_stands before update on providers_tariffposition"
            " for each row execute function accord.guard_price()",
            "drop trigger price_stands on providers_tariffposition",
        ),
        also_readable("documents_document", "of_provider", DOCUMENT),
        migrations.RunSQL(ADMITS, "drop policy admits_provider on institutions_institution"),
        migrations.RunSQL(INVITES, "drop policy invites_to_provider on institutions_membership"),
        migrations.RunSQL(LABELS, "delete from providers_qualitylabel"),
    ]
