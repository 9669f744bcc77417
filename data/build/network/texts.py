"""The annotated texts that the network learns from, as words with the labels each may have.

A label set is a mask of nine bits: outside, then first and further word of a place, an organisation, a person and any
other name (the labels of src/places/recognise/labels.rs). A corpus that marks only places allows every label but
those of places on its other words.
"""

import glob
import json
import os
import random
import re

CORPORA = os.environ.get("DATELINE_CORPORA", "../shared/corpora")
CLASSES = {"LOC": 0, "ORG": 1, "PER": 2, "OTHER": 3}
OUTSIDE, ANY = 1, (1 << 9) - 1
NO_PLACE = ANY & ~0b110
WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*|\S")
FOLDS = 5

# Kinds of the toponym corpora that are no place of their own to the recogniser.
INNER = ("Embedded_Non_Lit", "Embedded_Literal", "Homonym", "Language", "Demonym")

# Codes of data/annotated: places, organisations, persons, other names; facilities and roads (i, r) may be anything.
CODES = {**{code: "LOC" for code in "ebftla"}, "o": "ORG", "h": "PER", "x": "OTHER"}

with open("data/curated/demonyms.tsv", encoding="utf8") as table:
    DEMONYMS = {line.split("\t")[0].strip().lower() for line in table}


def label(name, further):
    return 1 << (1 + 2 * CLASSES[name] + further)


def tagged(name, held_back):
    """The sentences of a file of train/, those of one document together."""
    documents, last = [], None
    for line in open(f"{CORPORA}/train/{name}.jsonl", encoding="utf8"):
        sentence = json.loads(line)
        if sentence.get("split") in held_back or not sentence.get("ner"):
            continue
        masks = [OUTSIDE if tag == "O" else label(tag[2:], tag[0] == "I") for tag in sentence["ner"]]
        words = [word.replace(" ", "") or "." for word in sentence["tokens"]]
        if last is None or sentence.get("doc") != last:
            documents.append([])
        documents[-1].append((words, masks))
        last = sentence.get("doc")
    return documents


def read(text, spans, default):
    """A text as paragraphs of words; spans are (start, end, mask of the first word, mask of further ones)."""
    paragraphs = []
    for paragraph in re.finditer(r"(?s).+?(?:\n\n|$)", text):
        words, masks = [], []
        for found in WORD.finditer(paragraph.group()):
            start, end = found.start() + paragraph.start(), found.end() + paragraph.start()
            mask = default
            for first, last, opening, further in spans:
                if first < end and start < last:
                    mask = further if start > first else opening
                    break
            words.append(found.group())
            masks.append(mask)
        if words:
            paragraphs.append((words, masks))
    return paragraphs


def toponyms(name):
    """The documents of a file of dev/."""
    documents = []
    for line in open(f"{CORPORA}/dev/{name}.jsonl", encoding="utf8"):
        document = json.loads(line)
        text = document["text"].replace("\n", "\n\n")
        shift = [at + document["text"].count("\n", 0, at) for at in range(len(document["text"]) + 1)]
        spans = []
        for place in sorted(document["toponyms"], key=lambda t: t["start"]):
            surface = document["text"][place["start"]:place["end"]].lower()
            inner = place.get("type") in INNER or surface in DEMONYMS
            masks = (NO_PLACE, NO_PLACE) if inner else (label("LOC", 0), label("LOC", 1))
            spans.append((shift[place["start"]], shift[place["end"]], *masks))
        documents.append(read(text, spans, NO_PLACE))
    return documents


def unmark(path):
    """Text and marks (start, end, code) of an article of data/annotated."""
    body = open(path, encoding="utf8").read().split("\n\n", 1)[1]
    out, marks, open_marks, at, length = [], [], [], 0, 0
    while at < len(body):
        opening = re.match(r"\[\[([a-z]):", body[at:])
        closing = open_marks and re.match(r"(?:\|[-\d., ]+)?\]\]", body[at:])
        if opening:
            open_marks.append((opening.group(1), length))
            at += opening.end()
        elif closing:
            code, start = open_marks.pop()
            marks.append((start, length, code))
            at += closing.end()
        else:
            out.append(body[at])
            length += 1
            at += 1
    return "".join(out), marks


def own(test):
    """The articles of data/annotated to learn from, or those to measure with (numbers that end in 0 or 5)."""
    documents = []
    for folder in ("us-local", "world", "events"):
        for path in sorted(glob.glob(f"data/annotated/{folder}/*.txt")):
            if (path[-5] in "05") != test:
                continue
            text, marks = unmark(path)
            spans = []
            for start, end, code in sorted(marks, key=lambda m: (m[0], -m[1])):
                name = CODES.get(code)
                other = NO_PLACE if code == "n" else ANY
                masks = (label(name, 0), label(name, 1)) if name else (other, other)
                spans.append((start, end, *masks))
            documents.append(read(text, spans, OUTSIDE))
    return documents


def general():
    """The corpora of train/ that may train a model."""
    parts = [("GUM", ("dev", "test")), ("UNER-EWT-dev", ()), ("wikigold", ()), ("CrossNER", ("test",)), ("WNUT17-train", ())]
    documents = [document for name, held_back in parts for document in tagged(name, held_back)]
    tweets = tagged("BTC", ())
    return documents + random.Random(5).sample(tweets, len(tweets) // 6)
