#!/usr/bin/env python3
"""How many gold mentions have a candidate near their point: the ceiling of any resolver.

Usage: coverage.py CORPUS.jsonl... [--misses N]   (from the project's top folder, after data/build)

Reads the joined places in data/cache/places.tsv and corpora of one JSON object a line with
`toponyms` (`surface`, `lat`, `lon`, `type`). Counted are mentions with coordinates, demonyms left
out; a mention is covered if some place of that name lies within 161 km. Words like "province" or
"northern" around the name may be left off. `--misses N` lists the N most frequent misses, parted
into names that are unknown and names whose places all lie elsewhere.
"""

import collections
import json
import math
import re
import sys
import unicodedata

TAIL = re.compile(
    r" (county|co|province|state|city|region|district|governorate|department|oblast|prefecture"
    r"|republic|town|village|airport|international airport|island|river|municipality|area|metro)$"
)
HEAD = re.compile(
    r"^(the|city of|province of|state of|county of|town of|county|republic of|port of|north|south|east"
    r"|west|northern|southern|eastern|western|central|downtown|upstate|greater|metro) "
)


def fold(name):
    """Lower case, without accents and punctuation, "St" written out."""
    text = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(r"[^\w]+", " ", re.sub(r"['’‘ʻ]", "", text))
    for short, long in (("st", "saint"), ("mt", "mount"), ("ft", "fort")):
        text = re.sub(rf"\b{short}\b", long, text)
    return " ".join(text.split())


def kilometres(a, b):
    """Great-circle distance of two (lat, lon) points in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def forms(surface):
    """The folded name, and what is left without a word of kind or direction."""
    name = fold(re.sub(r"['’]s$", "", surface))
    out = [fold(surface), name, HEAD.sub("", name), TAIL.sub("", name)]
    return {*out, HEAD.sub("", out[-1]), TAIL.sub("", HEAD.sub("", HEAD.sub("", name)))} - {""}


def read_places(path, wanted):
    """Points by folded name, for the names wanted."""
    points = collections.defaultdict(list)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            for name in columns[-1].split("|"):
                folded = fold(re.sub(r"\{[a-z]+\}$", "", name))
                for key in {folded, re.sub(r"^the ", "", folded)} & wanted:
                    points[key].append((float(columns[2]), float(columns[3])))
    return points


def read_gold(path):
    """Mentions with coordinates, demonyms left out."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            for t in json.loads(line)["toponyms"]:
                if t.get("lat") is not None and t.get("type") not in ("Demonym", "Language"):
                    yield t


def main():
    arguments = sys.argv[1:]
    most = int(arguments[arguments.index("--misses") + 1]) if "--misses" in arguments else 0
    files = [a for a in arguments if a.endswith(".jsonl")]
    with open("data/curated/demonyms.tsv", encoding="utf-8") as lines:
        demonyms = {fold(n) for line in lines for n in line.split("\t")[:2] if n}
    gold = {file: list(read_gold(file)) for file in files}
    wanted = {f for mentions in gold.values() for t in mentions for f in forms(t["surface"])}
    points = read_places("data/cache/places.tsv", wanted)
    for file, mentions in gold.items():
        mentions = [t for t in mentions if fold(t["surface"]) not in demonyms]
        covered, unknown, elsewhere = 0, collections.Counter(), collections.Counter()
        for t in mentions:
            found = [p for f in forms(t["surface"]) for p in points.get(f, ())]
            if any(kilometres((t["lat"], t["lon"]), p) <= 161 for p in found):
                covered += 1
            else:
                (elsewhere if found else unknown)[t["surface"]] += 1
        print(f"{file}: {covered} of {len(mentions)} = {covered / max(1, len(mentions)):.3f};"
              f" unknown {sum(unknown.values())}, elsewhere {sum(elsewhere.values())}")
        for label, counter in (("unknown", unknown), ("elsewhere", elsewhere)):
            print("".join(f"  {label}: {n} x {name}\n" for name, n in counter.most_common(most)), end="")


if __name__ == "__main__":
    main()
