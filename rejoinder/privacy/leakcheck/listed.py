"""Header names that gateways of mobile networks are known to add, by what they carry.

Gathered from vendors' manuals, operators' developer pages and lists that sites keep to read them.
No such list is complete: vendors let an operator choose any name.
"""

from rejoinder.privacy.leakcheck.shapes import CONTEXT, ICCID, IMEI, IMSI, MSISDN, TRACKING

_BY_CLASS = {
    MSISDN: """
        x-up-calling-line-id x-up-calling-line x-up-lsid x-up-ch-msisdn x-up-subno
        msisdn x-msisdn xmsisdn y-msisdn i-msisdn imisdn msisdn-number x-original-msisdn
        x-forwarded-for-msisdn user-identity-forward-msisdn p-subscription-msisdn
        x-nokia-msisdn x-ericsson-msisdn x-huawei-msisdn x-cisco-msisdn x-h3g-msisdn x-h3-g-msisdn
        x-fh-msisdn x-msp-msisdn x-wte-msisdn x-bam-msisdn x-du-msisdn x-tata-msisdn
        x-surfopen-msisdn x-drutt-portal-user-msisdn vzv-msisdn pimmsisdn mscope-msisdn
        x-wap-msisdn x-wap-network-client-msisdn x-wap-clientid x-wap-fh-subscriber-info
        x-wap-sesiones3g-mdn x-mdn x-vzw-mdn
        x-msp-clid x-hts-clid x-nx-clid x-jinny-cid x-orange-cli x-orange-id
        x-wsb-cli x-wsb-identity x-network-info x-ztgo-beareraddress x-party-id x-subscriber-id
        igcli cli rapmin
    """,
    IMSI: "imsi x-imsi x-nokia-imsi x-wap-imsi x-up-imsi x-subscriber-imsi",
    IMEI: "imei x-imei x-nokia-imei x-device-imei x-up-imei imeisv x-imeisv meid x-meid",
    ICCID: "iccid x-iccid x-sim-iccid x-sim-serial",
    TRACKING: """
        x-uidh x-acr x-vf-acr x-amobee-1 x-amobee-2 x-piper-id tm-user-id x-up-vodacomgw-subid
        x-access-subnym x-nokia-alias x-jphone-uid x-dcmguid x-att-deviceid x-avantgo-userid
        x-drutt-portal-user-id x-drutt-device-id clientid rim-device-id x-up-subscriber-cos
        x-opwv-ddm-httpmiscdd x-opwv-ddm-identity x-opwv-ddm-subscriber x-wap-profile
    """,
    CONTEXT: """
        bearer bearer-indication new-bearer-header nokia-bearer x-nokia-bearer x-bearer-type
        x-nokia-musicshop-bearer x-up-bear-type x-up-bearer-type
        x-orange-roaming x-nokia-roaming x-roaming x-sdp-roaming
        x-apn-id x-ggsnip x-nokia-ipaddress x-huawei-nasip x-wapipaddr x-mcc-mnc x-rat-type
        x-user-location-info x-called-station-id x-mobile-gateway
    """,
}
HEADERS = {name: kind for kind, names in _BY_CLASS.items() for name in names.split()}

# How the headers of one vendor or operator begin; the rest of such a name says what it carries.
VENDORS = (
    "x-up-", "x-wap-", "x-nokia-", "x-drutt-", "x-orange-", "x-h3g-", "x-vf-", "x-vodafone-",
    "x-tmobile-", "x-opwv-", "x-msp-", "x-sdp-", "x-huawei-", "x-ericsson-",
)  # fmt: skip
PSEUDONYMS = ("clientid", "deviceid", "userid", "subid", "uid", "alias")

# Words of a name that say what its value is, wherever it stands.
SAYS = {"msisdn": MSISDN, "mdn": MSISDN, "clid": MSISDN, "subno": MSISDN, "imsi": IMSI,
        "imei": IMEI, "imeisv": IMEI, "meid": IMEI, "iccid": ICCID}  # fmt: skip
LINES = ("callingline", "msisdn")  # the same, within a name that is written in one piece

# Words that promise a phone number and do not always keep it.
_PHONES = """
    phone telephone tel mobile mob cell cellphone handy gsm cli caller calling callerid subscriber
    contactno contactnumber phonenumber phoneno mobilenumber mobileno whatsapp sms
"""
PHONES = frozenset(_PHONES.split())
# Words that say: this number is something else.
_OTHERS = """
    order orders orderid orderno ordernumber sku skus product products productid item items
    itemid ean upc gtin isbn issn asin barcode code codes part partno article articles stock
    catalogue catalog price amount total sum qty quantity balance invoice receipt payment
    transaction transactionid txn txid parcel shipment consignment tracking voucher coupon promo
    discount serial serialno lot batch model version build ver rev revision
    csrftoken xsrftoken authtoken reqid rid oid bid iid nid uuid guid event eventid messageid
    cart basket wishlist viewed recent favourites compare goods style mpn plu offer deal variant
    colour color
    time timestamp ts date day at since until expires expiry exp iat nbf created updated modified
    duration elapsed offset start end stamp tz
    session sessions sessionid sess sid jsessionid phpsessid sessid ssid asp cfid cftoken visit
    visitor visitid token csrf xsrf nonce state hash etag signature sig checksum digest seed salt
    jti kid trace traceid traceparent tracestate span spanid request requestid req correlation
    correlationid ray b3 datadog newrelic amzn parent
    ga gid gat gcl gclid dclid fbclid msclkid fbp fbc utm campaign ad ads adid click clickid
    pixel banner creative impression
    length range bytes match width height page limit port offset index position boundary
    cache cb cachebuster rnd rand random dnt age p dp pd prod bucket group shard zip
    ref reference case ticket booking reservation policy job task pid tid cid
"""
OTHERS = frozenset(_OTHERS.split())
# A value that says nothing.
_NOTHING = "- -- unknown none null (null) nil n/a na anonymous undefined"
NOTHING = frozenset(_NOTHING.split())
# Of a header about roaming it says enough, of an identity nothing.
FLAGS = frozenset(("true", "false", "yes", "no", "0", "1"))
