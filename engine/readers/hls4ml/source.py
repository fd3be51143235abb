"""What the C++ of an hls4ml project says: structs of constants, types, and the calls that make up the network.

The files are generated, so that a few patterns read them; nothing is compiled or run.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.readers.errors import ModelFileError

_LARGEST = 64 << 20
_STRUCT = re.compile(r"struct (\w+)(?:\s*:\s*nnet::\w+)?\s*\{(.*?)\n\};", re.DOTALL)
_OUTSIDE = re.compile(r"const \w+ (\w+)::(\w+) = ([-+.\deE]+);")
_PERMUTATION = re.compile(r"\b(\w+)_perm\[\d*\]\s*=\s*\{([\d,\s]*)\}")
_ORDER = re.compile(r"\bperm(?:\[\d*\])? = \{([\d,\s]*)\}")
_CONSTANT = re.compile(r"static const(?:expr)? [\w:]+ (\w+) = ([^;]+);")
_ALIAS = re.compile(r"typedef ([\w:]+(?:<[^;]*>)?) (\w+);")
_DEFINE = re.compile(r"#define (\w+) (\d{1,9})\b")
_TYPE = re.compile(r"typedef (?:nnet::array<)?(a[pc]_u?(?:fixed|int)<[^<>]*>)[^;]*?\s(\w+);")
_CALL = re.compile(r"nnet::(\w+)<([^;]*)>\(([^;()]*)\);(?:[ \t]*//[ \t]*(\S+))?")
_REFERENCE = re.compile(r"auto&\s*(\w+)\s*=\s*(\w+);")
_TELLING = ("accum_t", "table_t", "exp_table_t", "scale_t")
_NUMBER = r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?"
_PARAMETER = re.compile(r"(\w+)>?\s*&?\s*\b(\w+)\s*(?:\[([\w*\s]+)\])?\s*$")


@dataclass(frozen=True, slots=True)
class Struct:
    """One layer's constants; numbers where they are numbers, else words such as `nnet::resource`."""

    name: str
    values: Mapping[str, int | str]

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number. Raises ModelFileError."""
        value = self.values.get(key, default)
        if not isinstance(value, int):
            raise ModelFileError(f"'{key}' of {self.name} is missing", "parameters.h", "Write the project again.")
        return value

    def word(self, key: str) -> str:
        """The last part of a word, such as `resource`; empty if there is none."""
        return str(self.values.get(key, "")).split("::")[-1].lower()

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty if there is none."""
        return tuple(int(number) for number in re.findall(r"\d{1,9}", str(self.values.get(key, ""))))


@dataclass(frozen=True, slots=True)
class Call:
    """One step of the network: `function<..., config>(arguments); // name`."""

    function: str
    types: tuple[str, ...]
    """Template arguments: types of what it reads and yields, and last the name of its constants."""
    arguments: tuple[str, ...]
    name: str

    @property
    def variables(self) -> tuple[str, ...]:
        """The arguments that are names."""
        return tuple(argument for argument in self.arguments if re.fullmatch(r"[A-Za-z_]\w*", argument))

    @property
    def numbers(self) -> tuple[float, ...]:
        """The arguments that are numbers, such as the slope of a leaky ReLU."""
        return tuple(float(argument) for argument in self.arguments if re.fullmatch(_NUMBER, argument))


@dataclass(frozen=True, slots=True)
class Parameter:
    """An input or output of the top function: its type, and its extents where they are stated."""

    type: str
    extents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The parts of a project's firmware that say what it computes."""

    structs: Mapping[str, Struct]
    types: Mapping[str, str]
    parameters: Mapping[str, "Parameter"]
    """The top function's inputs and outputs."""
    calls: tuple[Call, ...]
    references: Mapping[str, str]
    """Second names of variables."""

    def struct(self, name: str) -> Struct:
        """A struct; hls4ml is not strict about capitals. Raises ModelFileError."""
        found = self.structs.get(name.lower())
        if found is None:
            raise ModelFileError(f"The constants '{name}' are missing", "parameters.h", "Write the project again.")
        return found


def read_source(firmware: Path, project: str, plain: Callable[[str, str, str], str]) -> Source:
    """Read `parameters.h`, `defines.h` and the top function, which `plain` brings into the form that the patterns know.

    Raises ModelFileError.
    """
    defines = _text(firmware / "defines.h")
    code = plain(_text(firmware / f"{project}.cpp"), _text(firmware / f"{project}.h"), project)
    numbers = {name: int(value) for name, value in _DEFINE.findall(defines)}
    constants = _text(firmware / "parameters.h")
    outside: dict[str, dict[str, int | str]] = {}
    for name, key, value in _OUTSIDE.findall(constants):
        outside.setdefault(name, {})[key] = value
    for name, order in _PERMUTATION.findall(constants):
        outside.setdefault(name, {})["perm"] = order
    made = (_struct(name, body, numbers, outside) for name, body in _STRUCT.findall(constants))
    structs = {struct.name.lower(): struct for struct in made}
    return Source(
        structs,
        {name: spelling for spelling, name in _TYPE.findall(defines)},
        _parameters(code, project, numbers),
        tuple(_call(match, structs) for match in _CALL.findall(code) if match[0] != "load_weights_from_txt"),
        dict(_REFERENCE.findall(code)),
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise ModelFileError("The file is larger than 64 MB", path.name, "Write the project again.")
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ModelFileError(
            f"{path.name} cannot be read: {error.strerror}", str(path.parent.parent.name), "Write the project again."
        ) from error


def _struct(name: str, body: str, numbers: Mapping[str, int], outside: Mapping[str, Mapping[str, int | str]]) -> Struct:
    values: dict[str, int | str] = {key: _value(text, numbers) for key, text in _CONSTANT.findall(body)}
    aliases = {key: spelling for spelling, key in _ALIAS.findall(body)}
    order = _ORDER.search(body)
    if order is not None:
        values["perm"] = order.group(1)
    return Struct(name, {**values, **aliases, **outside.get(name, {})})


def _value(text: str, numbers: Mapping[str, int]) -> int | str:
    text = text.strip()
    if re.fullmatch(r"-?\d{1,9}", text):
        return int(text)
    return numbers.get(text, text)


def _parameters(code: str, project: str, numbers: Mapping[str, int]) -> dict[str, Parameter]:
    head = re.search(rf"void {re.escape(project)}\s*\((.*?)\)\s*\{{", code, re.DOTALL)
    if head is None:
        raise ModelFileError(f"The function '{project}' is missing", f"{project}.cpp", "Write the project again.")
    found = {}
    for part in _split(head.group(1)):
        match = _PARAMETER.search(part.strip())
        if match is not None:
            kind, name, stated = match.groups()
            extents = [_value(extent, numbers) for extent in (stated or "").split("*") if extent.strip()]
            found[name] = Parameter(kind, tuple(extent for extent in extents if isinstance(extent, int)))
    return found


def _call(found: tuple[str, str, str, str], structs: Mapping[str, Struct]) -> Call:
    function, templates, arguments, name = found
    types = tuple(part.strip() for part in _split(templates))
    named = name or _owner(structs.get(types[-1].lower())) or function
    return Call(function, types, tuple(part.strip() for part in arguments.split(",")), named)


def _owner(struct: Struct | None) -> str:
    """The layer whose constants these are, by its types: `fc1_accum_t` is of fc1; '' if none tells."""
    for role in _TELLING if struct is not None else ():
        kind = str(struct.values.get(role, "")) if struct is not None else ""
        if kind.endswith(f"_{role}"):
            return kind.removesuffix(f"_{role}")
    return ""


def _split(text: str) -> list[str]:
    """Parts between commas that are not inside angle brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "<") - (letter == ">")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
