"""The part of ONNX's schema that the studio reads and writes (onnx/onnx.proto3, IR version 4 and later)."""

from engine.onnx.wire import Field, Schema

SCHEMA: Schema = {
    "Model": {
        1: Field("ir_version", "int"),
        2: Field("producer_name", "text"),
        3: Field("producer_version", "text"),
        7: Field("graph", "Graph"),
        8: Field("opset_import", "OperatorSet", many=True),
        25: Field("functions", "Function", many=True),
    },
    "OperatorSet": {1: Field("domain", "text"), 2: Field("version", "int")},
    "Function": {1: Field("name", "text")},
    "Graph": {
        1: Field("node", "Node", many=True),
        2: Field("name", "text"),
        5: Field("initializer", "Tensor", many=True),
        10: Field("doc_string", "text"),
        11: Field("input", "ValueInfo", many=True),
        12: Field("output", "ValueInfo", many=True),
        14: Field("quantization_annotation", "Annotation", many=True),
    },
    "Annotation": {
        1: Field("tensor_name", "text"),
        2: Field("quant_parameter_tensor_names", "Entry", many=True),
    },
    "Node": {
        1: Field("input", "text", many=True),
        2: Field("output", "text", many=True),
        3: Field("name", "text"),
        4: Field("op_type", "text"),
        5: Field("attribute", "Attribute", many=True),
        7: Field("domain", "text"),
    },
    "Attribute": {
        1: Field("name", "text"),
        2: Field("f", "float"),
        3: Field("i", "int"),
        4: Field("s", "bytes"),
        5: Field("t", "Tensor"),
        7: Field("floats", "float", many=True),
        8: Field("ints", "int", many=True),
        9: Field("strings", "bytes", many=True),
        20: Field("type", "int"),
    },
    "Tensor": {
        1: Field("dims", "int", many=True),
        2: Field("data_type", "int"),
        4: Field("float_data", "float", many=True),
        5: Field("int32_data", "int", many=True),
        7: Field("int64_data", "int", many=True),
        8: Field("name", "text"),
        9: Field("raw_data", "bytes"),
        10: Field("double_data", "double", many=True),
        11: Field("uint64_data", "int", many=True),
        13: Field("external_data", "Entry", many=True),
        14: Field("data_location", "int"),
    },
    "Entry": {1: Field("key", "text"), 2: Field("value", "text")},
    "ValueInfo": {1: Field("name", "text"), 2: Field("type", "Type")},
    "Type": {1: Field("tensor_type", "TensorType")},
    "TensorType": {1: Field("elem_type", "int"), 2: Field("shape", "Shape")},
    "Shape": {1: Field("dim", "Dimension", many=True)},
    "Dimension": {1: Field("dim_value", "int"), 2: Field("dim_param", "text")},
}

ATTRIBUTE_KINDS = {"f": 1, "i": 2, "s": 3, "t": 4, "floats": 6, "ints": 7, "strings": 8}
"""Which member an attribute's type number speaks of."""
