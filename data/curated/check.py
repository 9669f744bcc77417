#!/usr/bin/env python3
"""Check the curated tables: their form, and their points against a reference list.

Usage: check.py [REFERENCE.tsv.zst] [--quiet]

Form (exit status 1 on a fault): UTF-8, the header, the number of columns, sorted by the first
column without duplicates, coordinates within range, kinds `CLASS.CODE`, two-letter countries,
known name flags, demonyms whose place exists, words whose class is known.

Points (report only): every row farther from the nearest reference place of its name than its
kind allows is printed as `far`, a row whose nearest settlements lie in another country as
`country`, and a row without any counterpart is counted as unverified and listed at the end. Rows
whose source says that the reference has only namesakes elsewhere were looked at and are only counted.
Without a reference file only the form is checked.
"""

import collections
import math
import os
import re
import subprocess
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
DEFAULT_REFERENCE = os.path.join(
    HERE, "..", "..", "..", "shared", "reference", "places-reference.tsv.zst"
)
PLACE_COLUMNS = "id name lat lon kind country admin1 population names source".split()
DEMONYM_COLUMNS = "demonym plural place".split()
WORD_COLUMNS = "class word".split()
WORD_CLASSES = set(
    "administrative common facility locative month nature organisation organisation_name"
    " outlet person_first street title weekday".split()
)
FLAGS = set("hcampt")
#: In the source of a row: what the reference has of its name is something else.
LOOKED_AT = "the reference has only namesakes elsewhere"
# Kilometres a point may lie from its counterpart, by GeoNames kind or class.
ALLOWED_KM = {
    "A.ADM1": 200, "A.PCL": 700, "A": 100, "P": 15, "S": 15, "R": 40,
    "T.PASS": 25, "T.PK": 25, "T.MT": 25, "T.VLC": 25, "T.HLL": 25, "T.CAPE": 40,
    "T.MTS": 400, "T.ISL": 300, "T": 400, "H.OCN": 3000, "H.SEA": 700, "H.STM": 700, "H.LK": 120,
    "H.GULF": 400, "H": 200, "L.MILB": 20, "L.PRT": 20, "L": 700, "V": 100, "U": 300,
}


def fold(name):
    """Lower case, without accents and punctuation."""
    text = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"['’‘ʻ]", "", text)).split())


def kilometres(a, b):
    """Great-circle distance of two (lat, lon) points in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def allowed(kind):
    """The tolerance in kilometres for a kind: the longest prefix listed."""
    fits = [k for k in ALLOWED_KM if kind.startswith(k)]
    return ALLOWED_KM[max(fits, key=len)] if fits else 100


def read_table(file, columns, faults):
    """The rows of a table, faults of form appended to `faults`."""
    path = os.path.join(HERE, file)
    if not os.path.exists(path):
        faults.append(f"{file}: missing")
        return []
    with open(path, "rb") as handle:
        data = handle.read()
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        faults.append(f"{file}: not UTF-8: {error}")
        return []
    if lines.pop() != "":
        faults.append(f"{file}: no line break at the end")
    if lines[0].split("\t") != columns:
        faults.append(f"{file}:1: header is not {columns}")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        row = line.split("\t")
        if len(row) != len(columns) or "\r" in line or row != [c.strip() for c in row]:
            faults.append(f"{file}:{number}: {len(row)} columns, or stray blanks")
            continue
        rows.append((number, dict(zip(columns, row))))
    return rows


def check_sorted(file, keys, faults):
    """Sorted, and no key twice."""
    for (_, before), (number, after) in zip(keys, keys[1:]):
        if before == after:
            faults.append(f"{file}:{number}: {after} twice")
        elif before > after:
            faults.append(f"{file}:{number}: {after} is out of order")


def place_faults(row):
    """What is wrong with the form of one place."""
    if not re.fullmatch(r"curated:[a-z0-9-]+|geonames:[0-9]+|airport:[A-Z0-9-]+", row["id"]):
        yield f"id {row['id']!r}"
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            yield "point out of range"
    except ValueError:
        yield "point is no number"
    if not re.fullmatch(r"[AHLPRSTUV]\.[A-Z0-9]+", row["kind"]):
        yield f"kind {row['kind']!r}"
    if not re.fullmatch(r"([A-Z]{2}(,[A-Z]{2})*)?", row["country"]):
        yield f"country {row['country']!r}"
    if not row["population"].isdigit():
        yield f"population {row['population']!r}"
    if not row["name"] or not row["source"]:
        yield "name or source is empty"
    names = row["names"].split("|") if row["names"] else []
    for name in names:
        match = re.fullmatch(r"([^{}]+)(?:\{([a-z]+)\})?", name)
        if not match or not set(match[2] or "") <= FLAGS or name != name.strip():
            yield f"name {name!r}"
    if len(set(names)) != len(names):
        yield "a name stands twice"


def check_form():
    """Places as rows, and every fault of form in the three tables."""
    faults = []
    places = read_table("places.tsv", PLACE_COLUMNS, faults)
    check_sorted("places.tsv", [(n, r["id"]) for n, r in places], faults)
    for number, row in places:
        faults += [f"places.tsv:{number}: {row['id']}: {f}" for f in place_faults(row)]
    known = {r["id"] for _, r in places}
    demonyms = read_table("demonyms.tsv", DEMONYM_COLUMNS, faults)
    check_sorted("demonyms.tsv", [(n, (r["demonym"], r["place"])) for n, r in demonyms], faults)
    for number, row in demonyms:
        place = row["place"]
        if not (re.fullmatch(r"[A-Z]{2}|geonames:[0-9]+", place) or place in known):
            faults.append(f"demonyms.tsv:{number}: no place {place!r}")
    words = read_table("words.tsv", WORD_COLUMNS, faults)
    check_sorted("words.tsv", [(n, (r["class"], r["word"])) for n, r in words], faults)
    for number, row in words:
        if row["class"] not in WORD_CLASSES or not row["word"]:
            faults.append(f"words.tsv:{number}: class {row['class']!r}")
    return [row for _, row in places], faults


def bare_names(row):
    """All names of a row, without their flags."""
    others = [re.sub(r"\{[a-z]+\}$", "", n) for n in row["names"].split("|") if n]
    return [row["name"], *others]


def scan_reference(path, places):
    """By id and by folded name the reference points wanted; and settlements on a grid."""
    wanted = {fold(n) for row in places for n in bare_names(row)}
    ids = {row["id"].split(":")[1] for row in places if row["id"].startswith("geonames:")}
    by_id, by_name, grid = {}, collections.defaultdict(list), collections.defaultdict(list)
    with subprocess.Popen(["zstdcat", path], stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            key, name, lat, lon, kind, country, _, _, _, others = (
                line.decode("utf-8").rstrip("\n").split("\t") + [""] * 10
            )[:10]
            point = (float(lat or 0), float(lon or 0))
            if key.startswith("gn:") and key[3:] in ids:
                by_id[key[3:]] = point
            for folded in {fold(n) for n in [name, *others.split("|")] if n} & wanted:
                by_name[folded].append((point, kind, country))
            if kind.startswith("P") and country:
                grid[math.floor(point[0]), math.floor(point[1])].append((point, country))
    return by_id, by_name, grid


def nearest_counterpart(row, by_id, by_name):
    """Kilometres to the record of the same id or name; None where there is none."""
    point = (float(row["lat"]), float(row["lon"]))
    found = [p for p in [by_id.get(row["id"].split(":")[1])] if p]
    countries = set(row["country"].split(",")) if row["country"] else set()
    for name in bare_names(row):
        for other, kind, country in by_name.get(fold(name), []):
            related = kind[:1] in (row["kind"][:1], "W") or row["kind"][0] in "SLA"
            if related and (not countries or not country or country in countries):
                found.append(other)
    return min((kilometres(point, other) for other in found), default=None)


def foreign_neighbours(row, grid):
    """The country of the five nearest settlements if none lies in the row's own."""
    lat, lon = float(row["lat"]), float(row["lon"])
    cells = [
        item
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        for item in grid.get((math.floor(lat) + i, math.floor(lon) + j), [])
    ]
    near = sorted((kilometres((lat, lon), p), c) for p, c in cells)[:5]
    countries = {c for d, c in near if d < 60}
    if countries and row["country"] and not countries & set(row["country"].split(",")):
        return ",".join(sorted(countries))
    return ""


def check_points(path, places, quiet):
    """Print what does not agree with the reference."""
    by_id, by_name, grid = scan_reference(path, places)
    far, looked_at, unverified = 0, 0, []
    for row in places:
        distance = nearest_counterpart(row, by_id, by_name)
        label = f"{row['id']}\t{row['name']}\t{row['kind']}\t{row['lat']},{row['lon']}"
        if distance is None:
            unverified.append(label)
        elif distance > allowed(row["kind"]) and LOOKED_AT in row["source"]:
            looked_at += 1
        elif distance > allowed(row["kind"]):
            far += 1
            print(f"far\t{label}\t{distance:.0f} km")
        foreign = foreign_neighbours(row, grid)
        if foreign and row["kind"][0] in "APST":
            print(f"country\t{label}\t{row['country']} but beside {foreign}")
    if not quiet:
        for label in unverified:
            print(f"unverified\t{label}")
    told = f"{far} too far, {looked_at} far from namesakes only, {len(unverified)} unverified"
    print(f"{len(places)} places, {told}")


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    path = arguments[0] if arguments else DEFAULT_REFERENCE
    places, faults = check_form()
    for fault in faults:
        print(f"fault\t{fault}")
    if os.path.exists(path):
        check_points(path, places, "--quiet" in sys.argv)
    else:
        print(f"no reference at {path}: form checked only")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
