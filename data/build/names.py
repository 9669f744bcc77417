"""Which names are kept, and which are made from others."""

import re
import unicodedata

#: Words that say what kind of division a name stands for.
DIVISION_WORDS = {
    "province", "provincia", "província", "provincie", "state", "estado", "region", "región", "region", "région",
    "district", "distrito", "county", "governorate", "department", "departamento", "département", "prefecture",
    "oblast", "oblast'", "raion", "rayon", "republic", "canton", "emirate", "voivodeship", "voivodship", "territory",
    "municipality", "municipio", "parish", "division", "krai", "okrug", "emirate", "community", "city", "borough",
    "gemeente", "landkreis", "kreis", "census", "area", "zone", "woreda", "subcounty", "commune", "arrondissement",
    "tehsil", "taluk", "shi", "ken", "gun", "si", "gu", "powiat", "comarca", "metropolitan", "gewog", "atoll", "qu",
    "daira", "daïra", "markaz", "muang", "mueang", "amphoe", "circunscrição", "concelho", "posto", "sum", "tumani", "tuman",
    "ayrana", "audany", "aūdany", "járás", "jarasi", "pagasts", "novads", "srok", "srŏk", "khan", "cercle", "degmada",
    "mudiriyat", "mudīrīyat", "qasabat", "liwa", "liwa’", "ward", "constituency", "délégation", "delegation", "huyen",
    "huyện", "thị", "thi", "xa", "xã", "quan", "quận", "shahrestan-e", "bakhsh-e", "shahr-e", "qada", "qaḑā’", "nahiyat",
    "cantón", "awraja", "āwraja", "wereda", "barrio", "rural", "census", "aimag",
    "kommun", "kommune", "judet", "județ", "county,", "shahrestan", "shahrestān-e", "muḩāfaz̧at", "parroquia",
}

#: What remains of "Eastern Province" says too little to stand alone.
VAGUE = {
    "eastern", "western", "northern", "southern", "central", "north", "south", "east", "west", "upper", "lower",
    "capital", "federal", "national", "autonomous", "north eastern", "north western", "south eastern", "northeastern",
    "northwestern", "southeastern", "southwestern", "northeast", "northwest", "southeast", "southwest", "north east",
    "north west", "south east", "south west", "midlands", "highlands", "mountain", "river", "lakes", "islands", "centre",
    "center", "littoral", "plateau", "delta", "union", "saint", "san", "bay", "coast", "metro", "rural", "urban",
}

TYPE_SUFFIX = {
    "Province": "Province", "State": "State", "Region": "Region", "Department": "Department", "County": "County",
    "Governorate": "Governorate", "Prefecture": "Prefecture", "Oblast": "Oblast", "Republic": "Republic",
    "Canton": "Canton", "Emirate": "Emirate", "Voivodship": "Voivodeship", "Parish": "Parish", "District": "District",
    "Autonomous region": "Autonomous Region", "Territory": "Territory", "Regional state": "Region",
    "Administrative region": "Region", "Rayon": "District", "Krai": "Krai",
}


def clean(name):
    """The name in NFC with single spaces; empty for what is no name."""
    name = unicodedata.normalize("NFC", re.sub(r"[\s|{}_]+", " ", name)).strip(" ,;/\"")
    letters = [c for c in name if c.isalpha()]
    if not letters or len(name) > 90 or "http" in name or "@" in name:
        return ""
    if len(name) == 1 and not is_ideograph(name):
        return ""
    return name


def is_ideograph(c):
    return "\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" or c >= "\U00020000"


def is_transliteration(name):
    """GeoNames lists machine transliterations in lower case ("ka bu er", "mkwkwٹny"), which nobody
    writes, and names of two scripts, which are slips."""
    latin = [c for c in name if c.isalpha() and c < "\u0250"]
    if not latin:
        return False
    mixed = any(c.isalpha() and c >= "\u0370" and unicodedata.category(c) != "Lm" for c in name)
    return mixed or not any(c.isupper() for c in latin)


def is_code(name):
    """"KBL", "N.Y.": counts only in its own casing."""
    letters = name.replace(".", "")
    return name.isascii() and letters.isupper() and letters.isalpha() and len(letters) <= 4


def simple_fold(name):
    """Near enough to the fold of the program to find equal names."""
    decomposed = unicodedata.normalize("NFKD", name.lower())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "'’‘ʻʼ`.")
    return re.sub(r"[\s\-/,()]+", " ", kept).strip()


def alternates(names):
    """(name, flags) of a source's other names: noise dropped, codes flagged, sorted."""
    out = set()
    for name in map(clean, names):
        if name and not is_transliteration(name):
            out.add((name, "at" if is_code(name) else "t" if is_short_latin(name) else ""))
    # Names in capitals last: the first of equal folds gives the spelling.
    return sorted(out, key=lambda n: (n[0].isupper() and not n[1], n[0]))


def is_short_latin(name):
    return len(name) <= 2 and name[0] < "\u0250"


def without_article(name):
    return name[4:] if name.startswith("The ") else ""


def has_division_word(name):
    return any(word in DIVISION_WORDS for word in name.lower().replace("-", " ").split())


def bare(name):
    """The folded name without words like "district"."""
    return " ".join(w for w in simple_fold(name).split() if w not in DIVISION_WORDS and w not in ("of", "de", "al"))


#: Countries whose names English takes from a romanisation.
ROMANISED = frozenset(
    "AE AF AM AZ BD BG BH BT BY EG ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MK MM MN"
    " NP OM PK PS QA RS RU SA SD SY TH TJ UA UZ YE".split()
)

#: Countries where places bear the Arabic article.
ARABIC = frozenset("AE BH DZ EG IQ JO KW LB LY MR OM PS QA SA SD SY TN YE".split())

ARTICLE = re.compile(r"^(Al|Ar|As|Ash|At|Ad|An|Az|Adh|Ath|El|Er|Es|Et|Ed|En|Ez)[ -](?=[^ ]{4})")


def arabic_forms(name):
    """Without the article; with "a" for "ah" at the end."""
    if not name or name[0] >= "\u0250":
        return []
    bare = ARTICLE.sub("", name)
    out = [bare] if bare != name and bare[0].isalpha() and bare[0].isupper() else []
    return out + [form[:-1] for form in (name, *out) if re.search(r"[^aeiou]ah$", form) and len(form) > 5]


def plain_form(name):
    """The name without the marks of a romanisation, where it is in Latin letters."""
    letters = [c for c in name if c.isalpha()]
    if name.isascii() or any(c >= "\u0250" and not 0x1E00 <= ord(c) <= 0x1EFF and c not in "ʻʼʾʿ" for c in letters):
        return ""
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "‘’ʻʼʾʿ`'")
    return plain if plain.isascii() else ""


def stems(name):
    """What the adjective in the name of a Russian, Ukrainian or Kazakh district is made from."""
    match = re.fullmatch(r"(.{4,}?)(insk|ovsk|evsk|ansk|sk)?(iy|yy|ii|y|ij|aya|oye|yi)", name)
    if not match or not match[2]:
        return []
    stem, middle = match[1], match[2]
    return [stem + middle[:-2], stem] if len(middle) > 2 and len(stem) > 4 else [stem + middle[:-2]]


def division_names(name, kind, division_type, continent):
    """Other forms of a division's name: with its kind, and without it."""
    words = name.split()
    if not has_division_word(name):
        suffix = TYPE_SUFFIX.get(division_type)
        if kind == "A.ADM2" and not suffix and continent in ("AS", "AF") and name[0] < "\u0250":
            suffix = "District"
        return [(f"{name} {suffix}", "g")] if suffix else []
    if kind == "A.ADM1" and len(words) > 1:
        rest = words[:-1] if words[-1].lower() in DIVISION_WORDS else []
        short = " ".join(rest)
        if len(short) > 3 and simple_fold(short) not in VAGUE and not has_division_word(short):
            return [(short, "sg")]
    return []
