"""Airports and air bases: which are kept, and under which names."""

import re

from names import clean

BASE = re.compile(
    r"\b(air ?base|afb|air force|air station|naval|army|raf|base a[eé]r|military|joint base|air field|aeródromo militar)\b", re.I
)
AIRPORT_WORD = re.compile(
    r"(air|aér|aer|flug|flyg|lufth|lentoa|lotnis|letišt|base|field|port|strip|drome|heliport)", re.I
)
TYPE_WORDS = re.compile(
    r"\b(international|intl\.?|regional|municipal|domestic|national|airport|airfield|aerodrome|city|county)\b", re.I
)
LARGE, MEDIUM, SMALL = 2, 1, 0


def airports(large, everything, rejects):
    """One record for each airfield: those of OurAirports' selection with their keywords, then
    the rest of the airfields that have an ICAO code and a name of their own."""
    out, seen = [], set()
    for row in large:
        size = LARGE if row["type"] == "large_airport" else MEDIUM
        keywords = [k.strip() for k in re.split(r"[,;/]", row["keywords"])]
        out.append(
            {
                "code": row["gps_code"] or row["ident"],
                "iata": row["iata_code"],
                "name": row["name"],
                "keywords": [k for k in keywords if len(k) > 5 and AIRPORT_WORD.search(k)],
                "city": row["municipality"],
                "country": row["iso_country"],
                "region": row["iso_region"],
                "lat": float(row["latitude_deg"]),
                "lon": float(row["longitude_deg"]),
                "size": size,
                "scheduled": row["scheduled_service"] == "yes",
            }
        )
        seen.update((row["gps_code"], row["ident"]))
    for row in everything:
        if row["icao"] in seen:
            continue
        if is_private(row["name"]):
            rejects["airfield: private strip, heliport or a name that is only a code"] += 1
            continue
        seen.add(row["icao"])
        out.append(
            {
                "code": row["icao"],
                "iata": row["iata"],
                "name": row["name"],
                "keywords": [],
                "city": row["city"],
                "country": row["country"],
                "region": "",
                "lat": float(row["lat"]),
                "lon": float(row["lon"]),
                "size": SMALL,
                "scheduled": False,
            }
        )
    mark_main_airports(out)
    return out


def is_private(name):
    return not clean(name) or not re.search("[a-z]", name) or re.search(r"\bheliport\b|\bhelipad\b", name, re.I)


def mark_main_airports(rows):
    """The most important airport of each city may be called by the city's name."""
    best = {}
    for row in rows:
        if row["city"] and not BASE.search(row["name"]):
            key = (row["country"], row["city"].lower())
            rank = (row["size"], row["scheduled"], bool(row["iata"]), row["code"])
            if key not in best or rank > best[key][0]:
                best[key] = (rank, row)
    for _, row in best.values():
        row["main"] = True


def kind(row):
    if BASE.search(row["name"]) or any(re.search(r"air ?base", k, re.I) for k in row["keywords"]):
        return "S.AIRB"
    return "S.AIRP" if row["size"] or row["iata"] else "S.AIRF"


def boost(row):
    """Log-odds added to the importance, set by hand."""
    return {LARGE: 1.5, MEDIUM: 0.7 if row["scheduled"] else 0.2, SMALL: 0.0}[row["size"]]


def names(row):
    """(name, flags), the main one first."""
    main = clean(row["name"])
    out = [(main, "p")] + [(clean(k), "") for k in row["keywords"] if clean(k)]
    out += [(form, "g") for name, _ in list(out) for form in base_forms(name)]
    city = clean(row["city"].split("/")[0].split("(")[0])
    for name, _ in list(out):
        out += shorter(name, city, row["size"])
    if row.get("main") and city and (row["size"] or row["iata"]):
        out += [(f"{city} Airport", "g"), (f"{city} International Airport", "g")][: 1 + (row["size"] == LARGE)]
    if row["iata"] and (row["size"] == LARGE or row["scheduled"]):
        out.append((row["iata"], "at"))
    return out


def base_forms(name):
    """"Bagram Airfield" is also "Bagram Air Base"."""
    match = re.fullmatch(r"(.+?) (Air ?[Bb]ase|Airfield|Air Field|Air Force Base|AFB|Army Airfield)", name)
    if not match:
        return []
    stem, word = match.groups()
    if word in ("Air Force Base", "AFB"):
        return [f"{stem} AFB", f"{stem} Air Force Base"]
    return [f"{stem} Air Base", f"{stem} Airbase"] + ([f"{stem} Airfield"] if "irfield" in word else [])


def shorter(name, city, size):
    """"London Heathrow Airport" is also "Heathrow Airport" and "Heathrow"; "Dulles International
    Airport" also "Dulles Airport" and "Dulles International"."""
    out = []
    if re.search(r" (International|Intl\.?) Airport$", name):
        stem = re.sub(r" (International|Intl\.?) Airport$", "", name)
        out += [(f"{stem} Airport", "g"), (f"{stem} International", "sg")]
    rest = name
    if city and name.lower().startswith(city.lower() + " "):
        rest = name[len(city) + 1 :].lstrip("-– ")
        if re.search(r"\w+ Airport$", rest) and TYPE_WORDS.sub("", rest).strip():
            out.append((rest, "g"))
            bare = " ".join(TYPE_WORDS.sub("", rest).split())
            if size == LARGE and " " not in bare and len(bare) > 4:
                out += [(bare, "sg"), (f"{bare} Airport", "g")]
    return out
