"""generalInvoiceRequest 4.5."""

PARTY = "(company:company person:person)!"
_SERVICE = (
    "@record_id:record! @tariff_type:tariff! @code:s30! @ref_code:s30 @name:s350! @session:session"
    " @quantity:double! @date_begin:dateTime! @date_end:dateTime @provider_id:gln! @responsible_id:gln!"
)
_SERVICE_END = (
    "@amount:double! @vat_rate:rate @obligation:bool @section_code:s6 @remark:s350 @service_attributes:uint"
)
_MEDICAL = (
    "@billing_role:mt|tt|both|none @medical_role:self_employed|employee @body_location:none|left|right"
    " @treatment:ambulatory|stationary"
)
_TWO_PARTS = (
    "@unit_mt:double! @unit_factor_mt:factor! @scale_factor_mt:double @external_factor_mt:factor0"
    " @amount_mt:double @unit_tt:double! @unit_factor_tt:factor! @scale_factor_tt:double"
    " @external_factor_tt:factor0 @amount_tt:double"
)
_REFERENCE = "@request_timestamp:stamp45! @request_date:dateTime! @request_id:s35!"
_BALANCE = "@currency:currency @amount:double! @amount_reminder:double @amount_due:double! @amount_obligations:double"
_ROLES = (
    "physician|physiotherapist|chiropractor|ergotherapist|nutritionist|midwife|logotherapist|hospital|pharmacist"
    "|dentist|labtechnician|dentaltechnician|othertechnician|psychologist|wholesaler|nursingstaff|transport"
    "|druggist|naturopathicdoctor|naturopathictherapist|other"
)
_SOFTWARE = "@name:s50! @copyright:s50 @description:s50 @version:uint @id:uint"

REQUEST = f"""
request @language:de|fr|it! @modus:production|test @validation_status:long = processing payload Signature?
Signature = *
EncryptedData = *
processing @print_at_intermediate:bool @print_copy_to_guarantor:bool = transport instructions? demand?
transport @from:gln! @to:gln! = via+
via @via:gln! @sequence_id:ushort! =
instructions = instruction+
instruction @token:s255! @value:s255! =
demand @tc_demand_id:long! @tc_token:s100! @insurance_demand_date:dateTime! @insurance_demand_id:s35 =
payload @type:invoice|reminder @storno:bool @copy:bool @if_storno_followup_invoice_probable:bool = credit?
  invoice reminder? (body EncryptedData)!
credit {_REFERENCE} =
invoice {_REFERENCE} =
reminder {_REFERENCE} @reminder_level:1|2|3 @reminder_text:s700 =
body @role_title:s35 @role:{_ROLES}! @place:practice|hospital|lab|association|company! = prolog remark?
  (tiers_garant tiers_payant)! (esr9 esrRed esrQR)! (kvg:law vvg:law uvg:uvg ivg mvg org:law)! treatment
  services documents?
prolog = package:software? generator:software
software {_SOFTWARE} = depends_on*
depends_on {_SOFTWARE} =
remark = text:s350
tiers_garant @payment_period:duration = biller debitor:party provider insurance:party? patient
  insured:patient? guarantor:nameless referrer? employer? balance:balanceTG
tiers_payant @payment_period:duration = biller debitor:party provider insurance:party patient
  insured:patient? guarantor:nameless referrer? employer? balance:balanceTP
biller @ean_party:gln! @zsr:zsr @specialty:s350 @uid_number:s15 = {PARTY}
party @ean_party:gln! = {PARTY}
provider @ean_party:gln! @zsr:zsr! @specialty:s350 = {PARTY}
nameless = {PARTY}
referrer @ean_party:gln @zsr:zsr @specialty:s350 = {PARTY}
employer @ean_party:gln @reg_number:s35 = {PARTY}
patient @gender:male|female! @birthdate:dateTime! @ssn:ssn45 = person card?
card @card_id:s35! @expiry_date:dateTime @validation_date:dateTime @validation_id:s35 @validation_server:s35 =
person @salutation:s35 @title:s35 = familyname:text35 givenname:text35 subaddressing:text35? postal
  telecom? online?
company = companyname:text35 department:text35? subaddressing:text35? postal telecom? online?
postal = pobox:text35? street:text35? zip city:text35
zip @statecode:s9 @countrycode:s3 = text:s9
telecom = phone:text25+ fax:text25*
online = email+ url*
email = text:email70
url = text:s100
text25 = text:s25
text35 = text:s35
balanceTG {_BALANCE} @amount_prepaid:double = vat
balanceTP {_BALANCE} = vat
vat @vat_number:s15 @vat:double! = vat_rate+
vat_rate @vat_rate:rate! @amount:double! @vat:double! =
esr9 @type:16or27plus|16or27 @participant_number:esr9part! @reference_number:esr9ref!
  @coding_line:esr9line! = bank:nameless? creditor:nameless
esrRed @payment_to:postal_account|bank_account! @post_account:postaccount! @iban:iban
  @reference_number:esrredref @coding_line1:esrredline1! @coding_line2:esrredline2! = bank:nameless?
  creditor:nameless payment_reason:text35*
esrQR @type:esrQRplus|esrQR|redPayinSlipQR @iban:iban! @reference_number:qrref45 @customer_note:s70 =
  bank:nameless creditor:nameless payment_reason:text35*
law @insured_id:s35 @case_id:s35 @case_date:dateTime =
uvg @insured_id:s35 @case_id:s35 @case_date:dateTime @ssn:ssn45 =
ivg @case_id:ivcase! @case_date:dateTime @ssn:ssn45! @nif:nif =
mvg @insured_id:s35 @case_id:s35 @case_date:dateTime @ssn:ssn45! =
treatment @date_begin:dateTime! @date_end:dateTime! @gestation_week13:dateTime @canton:canton!
  @treatment:ambulatory|stationary @reason:disease|accident|maternity|prevention|birthdefect|unknown!
  @apid:s35 @acid:s35 = diagnosis* xtra_hospital?
diagnosis @type:ICD|cantonal|DRG|by_contract|freetext|birthdefect|ICPC @code:s12 = text:t350
xtra_hospital = *
services = (service service_ex)+
service {_SERVICE} @unit:double! @unit_factor:factor @external_factor:factor0 {_SERVICE_END} =
  (xtra_drg:anything xtra_drug:anything)?
service_ex {_SERVICE} {_MEDICAL} {_TWO_PARTS} {_SERVICE_END} = xtra_service_ex:anything?
anything = *
documents @number:ulong! = document+
document @title:s35! @filename:s255! @mimeType:mime! = (base64 url:link)!
base64 = text:base64
link = text:t10000
"""
