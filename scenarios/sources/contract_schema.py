"""The columns of what is written of contracts, and of the notices before them.

Amounts are in pence (hundredths of the currency named). Null is unknown, never zero or "no".
"""

import pyarrow as pa

_TEXT = pa.string()
_PENCE = pa.int64()
_COUNT = pa.int32()
_DAY = pa.date32()
_FLAG = pa.bool_()
_SHARE = pa.float64()
_TIME = pa.string()

STATED = "stated"
RANGE = "range"
UP_TO = "up to"
NOMINAL = "nominal"
NONE = "none"
"""How a value is known: as one sum; as a lowest and a highest; as a highest alone; as a penny or a
pound in a field that may not be blank, which is no value; not at all."""

CONTRACTS = pa.schema(
    [
        ("source", _TEXT),  # "register" or "ocds"
        ("file", _TEXT),
        ("row", _COUNT),  # of a register: the row as a spreadsheet counts it
        ("reference", _TEXT),  # of notices: ocid, and award or contract
        ("title", _TEXT),
        ("description", _TEXT),
        ("status", _TEXT),
        ("buyer", _TEXT),
        ("department", _TEXT),
        ("supplier", _TEXT),  # masked where it looks like a person's
        ("supplier_is_person", _FLAG),
        ("suppliers", _COUNT),  # how many share it; null where not stated
        ("supplier_postcode", _TEXT),
        ("company_number", _TEXT),
        ("charity_number", _TEXT),
        ("start", _DAY),
        ("end", _DAY),
        ("extension_end", _DAY),
        ("annual_value_pence", _PENCE),
        ("total_value_pence", _PENCE),  # one sum; null where only a range or nothing is known
        ("value_low_pence", _PENCE),
        ("value_high_pence", _PENCE),
        ("value_kind", _TEXT),
        ("value_gross_pence", _PENCE),  # with VAT, where stated beside the net
        ("currency", _TEXT),
        ("sme", _FLAG),
        ("vcse", _FLAG),
        ("route", _TEXT),
        ("above_threshold", _FLAG),
        ("category_scheme", _TEXT),
        ("category", _TEXT),
        ("category_name", _TEXT),
        ("bids_low", _COUNT),
        ("bids_high", _COUNT),
    ]
)

TENDERS = pa.schema(
    [
        ("ocid", _TEXT),
        ("title", _TEXT),
        ("buyer", _TEXT),
        ("buyer_id", _TEXT),
        ("status", _TEXT),
        ("tags", _TEXT),
        ("notices", _TEXT),
        ("first_published", _TIME),
        ("last_published", _TIME),
        ("releases", _COUNT),
        ("amendments", _COUNT),
        ("method", _TEXT),
        ("method_details", _TEXT),
        ("above_threshold", _FLAG),
        ("legal_basis", _TEXT),
        ("covered_by", _TEXT),
        ("special_regime", _TEXT),
        ("framework", _FLAG),
        ("dynamic_market", _FLAG),
        ("reserved", _TEXT),
        ("main_category", _TEXT),
        ("cpv", _TEXT),
        ("cpv_more", _TEXT),
        ("value_pence", _PENCE),
        ("value_low_pence", _PENCE),
        ("value_high_pence", _PENCE),
        ("value_gross_pence", _PENCE),
        ("value_kind", _TEXT),
        ("currency", _TEXT),
        ("closes", _DAY),
        ("start", _DAY),
        ("end", _DAY),
        ("extension_end", _DAY),
        ("duration_days", _COUNT),
        ("renewal", _FLAG),
        ("options", _FLAG),
        ("suits_sme", _FLAG),
        ("suits_vcse", _FLAG),
        ("regions", _TEXT),
        ("delivery_outward", _TEXT),
        ("criteria", _COUNT),
        ("price_weight", _SHARE),  # per cent
        ("social_value_weight", _SHARE),
        ("lots", _COUNT),
        ("awards", _COUNT),
        ("bids_low", _COUNT),
        ("bids_high", _COUNT),
        ("bids_measure", _TEXT),
        ("sme_bids_low", _COUNT),
        ("sme_bids_high", _COUNT),
        ("vcse_bids_low", _COUNT),
        ("vcse_bids_high", _COUNT),
        ("files", _TEXT),
    ]
)

_OF_LOTS = (
    "title", "status", "main_category", "cpv", "cpv_more", "value_pence", "value_low_pence",
    "value_high_pence", "value_gross_pence", "value_kind", "currency", "start", "end",
    "extension_end", "duration_days", "renewal", "options", "suits_sme", "suits_vcse", "regions",
    "delivery_outward", "criteria", "price_weight", "social_value_weight", "bids_low",
    "bids_high", "bids_measure", "sme_bids_low", "sme_bids_high", "vcse_bids_low",
    "vcse_bids_high",
)  # fmt: skip

LOTS = pa.schema(
    [("ocid", _TEXT), ("lot", _TEXT), *((name, TENDERS.field(name).type) for name in _OF_LOTS)]
)

AWARDS = pa.schema(
    [
        ("ocid", _TEXT),
        ("award", _TEXT),
        ("lots", _TEXT),
        ("title", _TEXT),
        ("status", _TEXT),
        ("date", _DAY),
        ("above_threshold", _FLAG),
        ("main_category", _TEXT),
        ("value_pence", _PENCE),
        ("value_low_pence", _PENCE),
        ("value_high_pence", _PENCE),
        ("value_gross_pence", _PENCE),
        ("value_kind", _TEXT),
        ("currency", _TEXT),
        ("start", _DAY),
        ("end", _DAY),
        ("extension_end", _DAY),
        ("duration_days", _COUNT),
        ("suppliers", _COUNT),
        ("contracts", _COUNT),
        ("signed", _DAY),
    ]
)

SUPPLIERS = pa.schema(
    [
        ("ocid", _TEXT),
        ("award", _TEXT),
        ("supplier_id", _TEXT),
        ("supplier", _TEXT),
        ("supplier_is_person", _FLAG),
        ("company_number", _TEXT),
        ("charity_number", _TEXT),
        ("ppon", _TEXT),
        ("identifiers", _TEXT),
        ("postcode", _TEXT),
        ("region", _TEXT),
        ("country", _TEXT),
        ("sme", _FLAG),
        ("vcse", _FLAG),
        ("sheltered_workshop", _FLAG),
        ("public_mission", _FLAG),
    ]
)

TABLES = {
    "tenders": TENDERS,
    "lots": LOTS,
    "awards": AWARDS,
    "suppliers": SUPPLIERS,
    "contracts": CONTRACTS,
}
"""Each table of notices and its columns; it is written as NAME.parquet."""
