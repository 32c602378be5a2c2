"""An ONNX graph under construction."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

INPUT = "picture"


class Graph:
    """Nodes in the order in which they are added. Values are known by their names, which are the same in every build."""

    def __init__(self):
        self.nodes = []
        self.constants = {}

    def constant(self, values, kind=np.float32):
        """Equal constants are stored once."""
        values = np.asarray(values, kind)
        key = values.shape, values.dtype, values.tobytes()
        if key not in self.constants:
            self.constants[key] = numpy_helper.from_array(values, f"c{len(self.constants)}")
        return self.constants[key].name

    def add(self, operator, *inputs, **attributes):
        """Adds a node and returns its output."""
        output = f"x{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def middle(self, picture, side, whole):
        """The middle square of a larger one."""
        start = (whole - side) // 2
        limits = [start, start], [start + side, start + side], [2, 3]
        return self.add("Slice", picture, *(self.constant(limit, np.int64) for limit in limits))

    def write(self, path, side, output, length):
        """Checks the graph, which takes one square picture and gives one vector, and writes it."""
        taken = helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, 3, side, side])
        given = helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, length])
        graph = helper.make_graph(self.nodes, path.stem, [taken], [given], self.constants.values())
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        path.write_bytes(model.SerializeToString(deterministic=True))
