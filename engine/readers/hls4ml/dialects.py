"""How the C++ of hls4ml's back ends differs: each is brought into the form that its writer for AMD parts has.

That form is a top function with its inputs, and one line `nnet::function<types, constants>(variables); // name`
for each step.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_CATAPULT_HEAD = re.compile(r"void CCS_BLOCK\((\w+)\)")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_PORTS = re.compile(r"struct (?:input|output)_data \{(.*?)\};", re.DOTALL)
_STREAM_PORT = re.compile(r"stream_(?:in|out)<(\w+)> &(\w+)_stream")
_PIPE = re.compile(r"using (\w+)Pipe = [\w:]*\bpipe<\w+, (\w+),")
_TASK = re.compile(r"task_sequence<nnet::(\w+)<([^;]*)>>\s*\(?(\w+)\)?;")
_HANDING_ON = ("clone_stream", "repack_stream")


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to write a project: `plain` gets the top function's text, its header's, and the project's name."""

    firmware: str
    """Where the C++ stands in the project's folder."""
    plain: Callable[[str, str, str], str]
    transposed: bool = False
    """Whether kernels are written with the last axis first whatever the strategy."""


def _same(code: str, _header: str, _project: str) -> str:
    return code


def _catapult(code: str, _header: str, _project: str) -> str:
    return _CATAPULT_HEAD.sub(r"void \1", _REMARK.sub("", code))


def _quartus(code: str, header: str, project: str) -> str:
    """Inputs and outputs are members of structs, or streams that are copied before the first layer."""
    ports = ", ".join(port.strip() for body in _PORTS.findall(header) for port in body.split(";") if port.strip())
    head = f"void {project}({ports}) {{\n" if ports else ""
    return head + re.sub(r"\b(?:inputs|outputs)\.(?=\w)", "", _STREAM_PORT.sub(r"stream<\1> &\2", code))


def _oneapi(code: str, header: str, project: str) -> str:
    """Inputs come out of pipes; where everything streams, steps are tasks between pipes."""
    ports = ", ".join(f"{kind} &{_snake(pipe)}" for pipe, kind in _PIPE.findall(header))
    types = dict(_PIPE.findall(header + code))
    tasks = "\n".join(_task(found, code, types) for found in _TASK.findall(code))
    return f"void {project}({ports}) {{\n{tasks}\n{_TASK.sub('', code)}"


def _task(found: tuple[str, str, str], code: str, types: dict[str, str]) -> str:
    """One task as a call: the pipes among its types are its variables, what it is started with are its weights."""
    function, templates, name = found
    parts = [part.strip() for part in templates.split(",")]
    pipes = [part.removesuffix("Pipe") for part in parts if part.endswith("Pipe")]
    kinds = [types.get(part.removesuffix("Pipe"), part) for part in parts]
    started = re.search(rf"\b{name}\.async\(([\w\s,.+\-]*)\)", code)
    variables = [_snake(pipe) for pipe in pipes] + ([started.group(1)] if started and started.group(1) else [])
    plain = function if function in _HANDING_ON else function.removesuffix("_stream")
    return f"nnet::{plain}<{', '.join(kinds)}>({', '.join(variables)}); // {name}"


def _snake(pipe: str) -> str:
    """The name of a variable from its pipe's: `Layer2Out` is of layer2_out."""
    return re.sub(r"(?<=[a-z\d])(?=[A-Z])", "_", pipe).lower()


_AMD = Dialect("firmware", _same)

DIALECTS = {
    "vitis": _AMD,
    "vivado": _AMD,
    "vivadoaccelerator": _AMD,
    "vitisunified": _AMD,
    "catapult": Dialect("firmware", _catapult),
    "quartus": Dialect("firmware", _quartus, transposed=True),
    "oneapi": Dialect("src/firmware", _oneapi, transposed=True),
}
"""By the back end's name in small letters."""
