"""Names of layers as hls4ml and C++ can take them: made once, here, and kept as a mapping."""

import re
from collections.abc import Iterable

# C++11 keywords, and names that hls4ml's templates use themselves or reserve.
_WORDS = """
alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept const constexpr
const_cast continue decltype default delete do double dynamic_cast else enum explicit export extern false float for
friend goto half if inline int long main mutable namespace new noexcept not not_eq nullptr operator or or_eq private
protected public register reinterpret_cast requires return short signed sizeof static static_assert static_cast struct
switch template this thread_local throw true try typedef typeid typename union unsigned using virtual void volatile
wchar_t while xor xor_eq std nnet hls input weights result_t input_t model_default_t myproject
"""
_TAKEN = frozenset(_WORDS.split())
# Variables and types that hls4ml numbers by layer: layer2_out, layer2_t, w2, wr2, b2, config2, relu_config3, ...
_NUMBERED = re.compile(r"layer\d+_\w+|(w|b|s|d|p|z|a|e|wr|br)\d+|\w*config\d+\w*")
_LONGEST = 60


def identifiers(names: Iterable[str]) -> dict[str, str]:
    """Layer name → C++ identifier; different names get different ones, also where only upper and lower case differ.

    hls4ml looks settings up by lower-case names, so `A` and `a` would share theirs.
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    for name in names:
        found[name] = free_identifier(identifier(name), used)
        used.add(found[name].lower())
    return found


def identifier(name: str) -> str:
    """The nearest identifier: other characters become `_`, reserved words get one behind."""
    word = re.sub(r"\W", "_", name, flags=re.ASCII)[:_LONGEST]
    if not word or word[0].isdigit() or word.startswith("_"):
        word = f"n{word}"
    # C++ reserves names with two underscores in a row.
    word = re.sub(r"__+", "_", word)
    lowered = word.lower()
    return f"{word}_" if lowered in _TAKEN or _NUMBERED.fullmatch(lowered) else word


def free_identifier(wish: str, used: Iterable[str]) -> str:
    """`wish`, or `wish_n2`, `wish_n3`, ... if it is among `used` (lower-case)."""
    taken = set(used)
    candidate, number = wish, 2
    while candidate.lower() in taken:
        candidate = f"{wish.rstrip('_')}_n{number}"
        number += 1
    return candidate
