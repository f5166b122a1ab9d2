"""Which unit does a word or sign stand for? Currencies by ISO 4217, quantities by their usual symbols."""

from __future__ import annotations

SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₺": "TRY",
    "₦": "NGN", "฿": "THB", "₫": "VND", "₱": "PHP", "₴": "UAH", "₸": "KZT",
}  # fmt: skip
MONEY = {
    "dollar": "USD", "cent": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "rmb": "CNY", "rupee": "INR", "rs": "INR", "dlrs": "USD", "dm": "DEM", "ruble": "RUB", "rouble": "RUB",
    "won": "KRW", "franc": "CHF", "peso": "MXN", "real": "BRL", "reais": "BRL", "rand": "ZAR", "riyal": "SAR",
    "dirham": "AED", "lira": "TRY", "hryvnia": "UAH", "shekel": "ILS", "zloty": "PLN", "baht": "THB",
    "ringgit": "MYR", "rupiah": "IDR", "rp": "IDR", "dong": "VND", "krona": "SEK", "kronor": "SEK", "krone": "NOK",
    "kroner": "NOK", "taka": "BDT", "naira": "NGN", "dinar": "KWD", "tenge": "KZT", "forint": "HUF", "dram": "AMD",
    "manat": "AZN",
}  # fmt: skip
MONEY |= {f"{word}s": code for word, code in MONEY.items() if not word.endswith("s")}
LANDS = {
    ("us", "USD"): "USD", ("u", "USD"): "USD", ("american", "USD"): "USD", ("c", "USD"): "CAD", ("can", "USD"): "CAD",
    ("canadian", "USD"): "CAD", ("a", "USD"): "AUD", ("australian", "USD"): "AUD", ("s", "USD"): "SGD",
    ("singapore", "USD"): "SGD", ("hk", "USD"): "HKD", ("hong", "USD"): "HKD", ("nz", "USD"): "NZD",
    ("nt", "USD"): "TWD", ("r", "USD"): "BRL", ("new", "USD"): "NZD", ("taiwan", "USD"): "TWD", ("british", "GBP"): "GBP", ("pakistani", "INR"): "PKR",
    ("sri", "INR"): "LKR", ("nepalese", "INR"): "NPR", ("colombian", "MXN"): "COP", ("argentine", "MXN"): "ARS",
    ("philippine", "MXN"): "PHP", ("emirati", "AED"): "AED", ("iraqi", "KWD"): "IQD", ("bahraini", "KWD"): "BHD",
    ("north", "KRW"): "KPW", ("u s", "USD"): "USD",
}  # fmt: skip
PHYSICAL = {
    "barrel": "barrel", "bpd": "barrel/day", "tonne": "tonne", "ton": "ton", "kilogram": "kg", "kilogramme": "kg",
    "kg": "kg", "gram": "g", "kilometre": "km", "kilometer": "km", "km": "km", "mile": "mile", "metre": "m",
    "meter": "m", "foot": "foot", "feet": "foot", "hectare": "hectare", "acre": "acre", "gigawatt": "GW", "gw": "GW",
    "megawatt": "MW", "mw": "MW", "kilowatt": "kW", "terawatt": "TW", "bushel": "bushel", "litre": "litre",
    "liter": "litre", "gallon": "gallon", "ounce": "ounce", "degree": "degree", "bcm": "billion cubic m", "mtpa": "million tonne/year",
}  # fmt: skip
PHYSICAL |= {f"{word}s": unit for word, unit in PHYSICAL.items() if word not in ("bpd", "feet", "foot", "gw", "mw")}
UNITS_OF_TIME = {
    unit: unit
    for unit in ("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade")
} | {"century": "century", "centuries": "century"}
UNITS_OF_TIME |= {
    f"{word}s": unit for word, unit in UNITS_OF_TIME.items() if not word.endswith(("y", "s")) or word == "day"
}
