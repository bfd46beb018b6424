# SPDX-License-Identifier: MIT
"""Loads libstance by its own header (cffi, ABI mode), so that no declaration is written twice."""
from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from cffi import FFI

from ._errors import StanceInputError, StanceSystemError, StanceUsageError

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[2]
SONAME = "libstance.so.0"


def _header() -> str:
    """The header of the package, or of the checkout that it lies in."""
    for path in (HERE / "stance.h", CHECKOUT / "stance" / "stance.h"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise ImportError("stance.h is not found beside stancekit; install the package, or use it in a checkout")


def _declarations(header: str) -> str:
    """What cffi reads of a header: no preprocessor, no extern "C", no visibility."""
    text = re.sub(r"/\*.*?\*/", " ", header, flags=re.S)
    text = re.sub(r'#ifdef __cplusplus.*?#endif', "", text, flags=re.S)
    text = re.sub(r"^#.*$", "", text, flags=re.M)
    return text.replace("STANCE_API", "")


def _candidates() -> list[str]:
    """Where the library may be: $STANCEKIT_LIBRARY alone where it is set; in the wheel, in the checkout, where the loader looks."""
    chosen = os.environ.get("STANCEKIT_LIBRARY")
    if chosen:
        return [chosen]
    beside = [HERE / SONAME, CHECKOUT / "build" / SONAME]
    return [str(path) for path in beside if path.is_file()] + [SONAME]


def _load(ffi: FFI) -> Any:
    reasons = []
    for name in _candidates():
        try:
            return ffi.dlopen(name)
        except OSError as error:
            reasons.append(str(error))
    raise ImportError("libstance cannot be loaded: " + "; ".join(reasons))


ffi = FFI()
ffi.cdef(_declarations(_header()))
lib = _load(ffi)

OK = 0
_KINDS = {1: StanceUsageError, 2: StanceInputError, 3: StanceSystemError}


def version() -> str:
    """The version of the library that is loaded."""
    return decode(lib.stance_version())


def decode(text: Any) -> str:
    """A C string as str; the library's texts are UTF-8."""
    return ffi.string(text).decode("utf-8", "replace")


def check(status: int, error: Any) -> None:
    """Raises what a status other than STANCE_OK stands for."""
    if status != OK:
        raise _KINDS.get(status, StanceSystemError)(
            decode(error.message), decode(error.file), int(error.line), int(error.column)
        )


if f'"{version()}"' not in _header():
    raise ImportError(f"libstance has version {version()}, its header here another one")
