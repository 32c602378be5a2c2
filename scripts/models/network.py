"""EfficientNet-Lite0 as a graph."""

import numpy as np

SIDE = 224  # of the pictures that it was trained with, in pixels
CLASSES = 1000
# The blocks of each stage, and the step of the first of them.
STAGES = [(1, 1), (2, 2), (2, 2), (3, 2), (3, 1), (4, 2), (1, 1)]
NORM_EPSILON = 1e-3

# The server gives levels of 0 to 1 less the mean of ImageNet, divided by its deviation; the network was trained with
# (level - 127) / 128, for levels of 0 to 255.
SERVER_MEAN, SERVER_DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
TRAINED_MEAN, TRAINED_DEVIATION = 127 / 255, 128 / 255


def as_trained(graph, picture):
    """The picture on the network's scale. These are nodes of their own: part of the first convolution they would change
    its edges, since it pads with zeros, and a zero is another grey on the server's scale."""
    factor = SERVER_DEVIATION / TRAINED_DEVIATION
    shift = (SERVER_MEAN - TRAINED_MEAN) / TRAINED_DEVIATION
    scaled = graph.add("Mul", picture, graph.constant(factor.reshape(1, 3, 1, 1)))
    return graph.add("Add", scaled, graph.constant(shift.reshape(1, 3, 1, 1)))


def features(graph, weights, picture):
    """The last feature map of a picture of SIDE x SIDE: 1,280 channels of 7 x 7 places."""
    layers = Layers(graph, weights)
    x = layers.bounded(picture, "_conv_stem", "_bn0", step=2)
    number = 0
    for blocks, first_step in STAGES:
        for place in range(blocks):
            x = block(layers, x, f"_blocks.{number}", first_step if place == 0 else 1, adds_input=place > 0)
            number += 1
    return layers.bounded(x, "_conv_head", "_bn1")


def block(layers, x, name, step, adds_input):
    """Widen (the first block of all does not), look around in each channel, narrow."""
    before = x
    if f"{name}._expand_conv.weight" in layers.weights:
        x = layers.bounded(x, f"{name}._expand_conv", f"{name}._bn0")
    x = layers.bounded(x, f"{name}._depthwise_conv", f"{name}._bn1", step)
    x = layers.convolution(x, f"{name}._project_conv", f"{name}._bn2")
    return layers.graph.add("Add", x, before) if adds_input else x


class Layers:
    """Convolutions, each with the normalisation that follows it. They keep count of the side of the feature map."""

    def __init__(self, graph, weights):
        self.graph, self.weights, self.side = graph, weights, SIDE

    def bounded(self, x, name, norm, step=1):
        """A convolution whose results are kept within 0 and 6."""
        x = self.convolution(x, name, norm, step)
        return self.graph.add("Clip", x, self.graph.constant(0.0), self.graph.constant(6.0))

    def convolution(self, x, name, norm, step=1):
        kernel = self.weights[f"{name}.weight"].astype(np.float64)
        # The normalisation is a factor and a shift for each channel, so it becomes part of the convolution.
        gain = self.weights[f"{norm}.weight"] / np.sqrt(self.weights[f"{norm}.running_var"] + NORM_EPSILON)
        shift = self.weights[f"{norm}.bias"] - self.weights[f"{norm}.running_mean"] * gain
        constants = self.graph.constant(kernel * gain[:, None, None, None]), self.graph.constant(shift)
        pads = self.padding(kernel.shape[2], step)
        groups = len(kernel) if kernel.shape[1] == 1 else 1
        return self.graph.add("Conv", x, *constants, group=groups, strides=[step, step], pads=pads)

    def padding(self, kernel, step):
        """What TensorFlow calls SAME: of an odd number of pixels, the one left over goes to the end."""
        smaller = -(-self.side // step)
        pixels = max((smaller - 1) * step + kernel - self.side, 0)
        self.side = smaller
        return [pixels // 2] * 2 + [pixels - pixels // 2] * 2
