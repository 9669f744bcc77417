"""Cuts the bundled fonts out of the packages that carry them, into `assets/fonts`.

Run with a Python that has fonttools 4.60.1:

    python3 -m venv data/cache/venv && data/cache/venv/bin/pip install fonttools==4.60.1
    data/cache/venv/bin/python data/build/fonts.py
"""

import pathlib
import shutil

from fontTools import subset
from fontTools.ttLib import TTFont

import packages

OUT = pathlib.Path(__file__).resolve().parent.parent.parent / "assets" / "fonts"

# Latin, Greek and Cyrillic with their marks, punctuation, currency, arrows and signs.
WEST = (
    "0020-024F,0259,02B0-036F,0370-03FF,0400-052F,1E00-1EFF,2000-206F,2070-209F,20A0-20CF,"
    "2100-214F,2150-218F,2190-21FF,2200-22FF,2300-23FF,25A0-25FF,2600-26FF,2700-27BF,2B00-2BFF,FB00-FB06"
)
# What the interface draws that Inter has no sign for.
SIGNS = "21C4,21F5,2315,23F4-23FA,25B4,25B8,25BE,25C2,25D0-25D3,2610-2612,2630,2691,2692,2699,2922,2921,27F3,2B1A"

INTER = ("@expo-google-fonts/inter", "0.4.2", "b5c1e5878c07a5637169da9f7b1f370c69709f1f8de55998e2522f7aa9dfe2a9")
SERIF = ("@expo-google-fonts/source-serif-4", "0.4.1", "84f0b412fbc9b0b666d6fe04620b2cd2e54bfd49ca61fe0663a9e5beb30afcc4")
ARABIC = ("@expo-google-fonts/noto-sans-arabic", "0.4.3", "29e966f9d48a4ce7dd3c2c4c016f29cd888089538217303fb2c87de9e7f048ed")
HEBREW = ("@expo-google-fonts/noto-sans-hebrew", "0.4.1", "f82f8e852e3355521c511f2762a0130216d208d108bf4739aa977eb6a6d3012c")
DEVANAGARI = (
    "@expo-google-fonts/noto-sans-devanagari", "0.4.1",
    "fb9a4c288af3829f383d945fcec350c8cdf99abf18ffe55c987c495bca42e80e",
)
NOTO = ("fonts-noto-core", "20201225-1", "58f4f0bb6720f919f92096b3508e1412a0f1544424ade6c5b5bf1eb694dd64ba")

FROM_NPM = [
    (INTER, "400Regular/Inter_400Regular.ttf", "Inter-Regular.ttf", WEST),
    (INTER, "600SemiBold/Inter_600SemiBold.ttf", "Inter-SemiBold.ttf", WEST),
    (SERIF, "400Regular/SourceSerif4_400Regular.ttf", "SourceSerif4-Regular.ttf", WEST),
    (SERIF, "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf", "SourceSerif4-Italic.ttf", WEST),
    (SERIF, "600SemiBold/SourceSerif4_600SemiBold.ttf", "SourceSerif4-SemiBold.ttf", WEST),
    (ARABIC, "400Regular/NotoSansArabic_400Regular.ttf", "NotoSansArabic-Regular.ttf", "0000-FFFF"),
    (HEBREW, "400Regular/NotoSansHebrew_400Regular.ttf", "NotoSansHebrew-Regular.ttf", "0590-05FF,200C-200F,20AA,25CC,FB1D-FB4F"),
    (DEVANAGARI, "400Regular/NotoSansDevanagari_400Regular.ttf", "NotoSansDevanagari-Regular.ttf", "0900-097F,200C-200D,20B9,25CC,A8E0-A8FF"),
]
LICENCES = [(INTER, "Inter"), (SERIF, "SourceSerif4"), (ARABIC, "NotoSansArabic"), (HEBREW, "NotoSansHebrew"), (DEVANAGARI, "NotoSansDevanagari")]


def cut(source, target, unicodes):
    """Writes the part of a font that holds these code points, without hinting."""
    options = subset.Options(hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += ["DSIG", "STAT"]
    options.name_IDs = ["*"]
    # Stylistic alternates double the size and nothing here switches them on.
    options.layout_features = [
        "kern", "mark", "mkmk", "ccmp", "locl", "liga", "rlig", "calt", "tnum", "case", "abvm", "blwm", "init",
        "medi", "fina", "isol", "curs", "nukt", "akhn", "rphf", "rkrf", "blwf", "half", "vatu", "cjct", "pres",
        "abvs", "blws", "psts", "haln", "dist",
    ]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(unicodes))
    subsetter.subset(font)
    font.save(OUT / target)
    print(f"{target}: {(OUT / target).stat().st_size:,} bytes, {len(font.getBestCmap()):,} code points")


def signs():
    """The few signs missing from Inter, from whichever Noto font has most of them."""
    folder = packages.debian(*NOTO) / "usr/share/fonts/truetype/noto"
    cut(folder / "NotoSansSymbols2-Regular.ttf", "NotoSansSymbols2-Regular.ttf", SIGNS)
    cut(folder / "NotoSansMath-Regular.ttf", "NotoSansMath-Regular.ttf", "2315,2921,2922,21C4,27E8,27E9,27F3")
    cut(folder / "NotoSansSymbols-Regular.ttf", "NotoSansSymbols-Regular.ttf", "2315,2699,26A0,27F3,2672")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for package, path, target, unicodes in FROM_NPM:
        cut(packages.npm(*package) / path, target, unicodes)
    signs()
    for package, name in LICENCES:
        shutil.copyfile(packages.npm(*package) / "LICENSE_FONT", OUT / f"OFL-{name}.txt")
    # The Debian package states this holder and the same licence, in a file on all its parts.
    _, rest = (packages.npm(*ARABIC) / "LICENSE_FONT").read_text().split("\n", 1)
    (OUT / "OFL-NotoSansSymbols-NotoSansMath.txt").write_text("Copyright 2010-2020 Google LLC\n" + rest)


main()
