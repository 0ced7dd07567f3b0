"""generalInvoiceRequest 5.0."""

from accord.purchasing.invoices.rules.grammar.request45 import PARTY

_SERVICE = (
    "@record_id:record! @tariff_type:tariff! @code:s30! @ref_code:s30 @name:s350! @session:session"
    " @group_size:positive @quantity:double! @date_begin:dateTime! @date_end:dateTime @provider_id:gln!"
    " @responsible_id:gln! @body_location:none|left|right|both"
)
_SERVICE_END = "@amount:double! @vat_rate:rate @section_code:s9 @remark:s350 @service_attributes:uint"
_MEDICAL = "@billing_role:mt|tt|both|none @medical_role:self_employed|employee"
_TWO_PARTS = (
    "@unit_mt:double! @unit_factor_mt:factor! @scale_factor_mt:double @external_factor_mt:factor0"
    " @amount_mt:double @unit_tt:double! @unit_factor_tt:factor! @scale_factor_tt:double"
    " @external_factor_tt:factor0 @amount_tt:double"
)
_REFERENCE = "@request_timestamp:stamp50! @request_date:dateTime! @request_id:s35!"
_BALANCE = "@currency:currency @amount:double! @amount_reminder:double @amount_due:double!"
_ROLES = (
    "physician|physiotherapist|chiropractor|ergotherapist|nutritionist|midwife|logotherapist|hospital|rehab_clinic"
    "|psychiatric_clinic|pharmacist|dentist|labtechnician|dentaltechnician|othertechnician|psychologist|wholesaler"
    "|nursingstaff|transport|druggist|naturopathicdoctor|naturopathictherapist|other"
)
_PARTNERS = (
    "employer|referrer|service_provider|primary_clinician|lead_doctor|assistant_physician|senior_physician"
    "|chief_physician|surgeon|anaesthetist|consultant_doctor|internist|co-care|radiologist|nuclear_medicine|other"
)
_SOFTWARE = "@name:s50! @copyright:s50 @description:s50 @version:uint @id:uint"
_PERSON = "@gender:male|female|diverse! @sex:male|female! @birthdate:date! @ssn:ssn50!"
_SLIP = "@iban:iban! @alternative_scheme1:s100 @alternative_scheme2:s100 @payment_reason:s140 @payment_period:duration"
_DOCUMENTS = (
    "Report|Image|Unemployability|Questionnaire|Notification|Planning|Prescription|SalaryCession|UndefinedDoc"
)
_WITH_INSURANCE = (
    "billers debitor providers insurance:party patient guarantor insured? partners balance:balanceTP"
)

REQUEST = f"""
request @language:de|fr|it! @modus:production|test @guid:guid! @validation_status:long = processing
  payload Signature?
Signature = *
EncryptedData = *
processing @print_copy_to_guarantor:bool @print_patient_invoice_only:bool @send_copy_to_trustcenter:gln
  @define_gln_printcenter:printcentre @define_gln_norecipient:norecipient = transport instructions?
transport @from:gln! @to:gln! = via*
via @via:gln! @sequence_id:ushort! =
instructions = instruction+
instruction @token:s255! @value:s255! =
payload @request_type:invoice|reminder @request_subtype:normal|copy|refund|storno = credit? invoice
  reminder? (body EncryptedData)!
credit {_REFERENCE} =
invoice {_REFERENCE} =
reminder {_REFERENCE} @reminder_level:1|2|3 @reminder_text:s700 =
body @role_title:s35 @role:{_ROLES}! @place:practice|hospital|lab|association|company! = prolog remark?
  (tiers_garant tiers_soldant tiers_payant)! (esrQR esrQRRed)! law treatment services documents?
prolog = package:software? generator:software
software {_SOFTWARE} = depends_on*
depends_on {_SOFTWARE} =
remark = text:s350
tiers_garant = billers debitor providers insurance:party? patient guarantor insured? partners
  balance:balanceTG
tiers_soldant @allowTS:bool! = {_WITH_INSURANCE}
tiers_payant @allowModification:bool! = {_WITH_INSURANCE}
billers = biller_gln:party biller_zsr:zsr_party?
party @gln:gln! = {PARTY}
zsr_party @zsr:zsr! = {PARTY}
debitor @gln:gln! @uid:s15 = {PARTY}
providers = provider_gln provider_zsr:zsr_party?
provider_gln @gln:gln! @gln_location:gln! @uid:s15 = {PARTY}
guarantor @gln:gln @uid:s15 = {PARTY}
nameless = {PARTY}
partners = partner*
partner @gln:gln! @type:{_PARTNERS}! @type_title:s100 @zsr:zsr = {PARTY}
patient {_PERSON} = person
insured {_PERSON} @card_id:s35 = person
person @salutation:s35 @title:s35 = familyname:text35 givenname:text35 subaddressing:text35? postal
  telecom? online?
company = companyname:text35 department:text35? subaddressing:text35? postal telecom? online?
postal = pobox:text35? street? zip city:text35 country?
street @street_name:s35 @house_no:s10 = text:s35
zip @state_code:s9 = text:s9
country @country_code:country = text:s35
telecom = phone:text25+
online = email+ uri*
email = text:email80
uri = text:s160
text25 = text:s25
text35 = text:s35
balanceTG {_BALANCE} @amount_prepaid:double = vat
balanceTP {_BALANCE} = vat
vat @vat_number:s15 @vat:double! = vat_rate+
vat_rate @vat_rate:rate! @amount:double! @vat:double! =
esrQR @subtype:esrQR|esrQRplus {_SLIP} @reference_number:qrref! = creditor:nameless
esrQRRed @subtype:esrQRRed|esrQRRedplus {_SLIP} @reference_number:rf = creditor:nameless
law @type:KVG|VVG|UVG|IVG|MVG|ORG! @card_id:s35 @insured_id:s35 @case_id:s35 @case_date:date =
treatment @date_begin:date! @date_end:date! @canton:canton! @treatment:ambulatory|stationary
  @reason:disease|accident|maternity|prevention|birthdefect|unknown! @gestation_week13:date
  @end_of_birth:date @apid:s35 @acid:s35 = diagnosis* xtra_hospital?
diagnosis @type:ICD|cantonal|DRG|by_contract|freetext|birthdefect|ICPC @code:s12 = text:t350
xtra_hospital = *
services = (service service_ex)+
service {_SERVICE} @unit:double! @unit_factor:factor @external_factor:factor0 {_SERVICE_END} =
  xtra_service:xtra* xtra_drg:anything? xtra_drug:anything?
service_ex {_SERVICE} {_MEDICAL} {_TWO_PARTS} {_SERVICE_END} = xtra_service:xtra*
xtra @token:s35! @value:s255! =
anything = *
documents @number:ulong! = document+
document @filename:filename! @documentType:{_DOCUMENTS}! @mimeType:mime! = base64
base64 = text:base64
"""
