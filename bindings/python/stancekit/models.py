# SPDX-License-Identifier: MIT
"""Models and gazetteers: opened once, read-only, shared by all threads."""
from __future__ import annotations

import os
from typing import Any, NamedTuple, Optional, Union

from ._library import check, decode, ffi, lib

Path = Union[str, "os.PathLike[str]"]


class Model:
    """A trained model.

    Model()        the shipped one
    Model(path)    another, as `stance train -o` writes it

    Raises StanceInputError where the file is missing, damaged or of another version. May be shared by threads; pickles
    by its path.
    """

    def __init__(self, path: Optional[Path] = None):
        self.path = None if path is None else os.fspath(path)
        out, error = ffi.new("struct stance_model **"), ffi.new("struct stance_error *")
        name = ffi.NULL if self.path is None else ffi.new("char[]", os.fsencode(self.path))
        check(lib.stance_model_open(name, out, error), error)
        self._pointer = ffi.gc(out[0], lib.stance_model_close)
        self.heads: dict[str, tuple[str, ...]] = {}
        """What is asked ("stance", "sentiment"), and the labels that answer it, in the codebook's order."""
        for head in range(lib.stance_model_head_count(self._pointer)):
            labels = lib.stance_model_label_count(self._pointer, head)
            self.heads[decode(lib.stance_model_head_name(self._pointer, head))] = tuple(
                decode(lib.stance_model_label(self._pointer, head, label)) for label in range(labels)
            )

    @property
    def labels(self) -> list[str]:
        """All labels of all heads, each once, in their order."""
        return list(dict.fromkeys(label for labels in self.heads.values() for label in labels))

    def __reduce__(self) -> Any:
        return (Model, (self.path,))

    def __repr__(self) -> str:
        return f"Model({'' if self.path is None else repr(self.path)})"


class Actor(NamedTuple):
    """An entry of a gazetteer."""

    id: str
    name: str
    type: str
    affiliation: Optional[str]
    """The id of whom it acts for, followed to the end; None where it is its own master."""


class Gazetteer:
    """The actors that are found in texts.

    Gazetteer()            the shipped ones
    Gazetteer(path, ...)   JSON files and folders of them, in order

    Raises StanceInputError, with file and line, at the first bad entry. May be shared by threads; pickles by its paths.
    len(gazetteer) actors; gazetteer["MLI"] is one of them (KeyError where there is none); "MLI" in gazetteer; iteration
    goes through all, in the order of the files.
    """

    def __init__(self, *paths: Path):
        self.paths = tuple(os.fspath(path) for path in paths)
        out, error = ffi.new("struct stance_gazetteer **"), ffi.new("struct stance_error *")
        names = [ffi.new("char[]", os.fsencode(path)) for path in self.paths]
        check(lib.stance_gazetteer_open(ffi.new("char *[]", names), len(names), out, error), error)
        self._pointer = ffi.gc(out[0], lib.stance_gazetteer_close)
        self._known: dict[int, Actor] = {}

    def _actor(self, address: int) -> Actor:
        """Of a pointer that the library gave."""
        actor = self._known.get(address)
        if actor is None:
            pointer = ffi.cast("struct stance_actor *", address)
            master = lib.stance_actor_rollup(pointer)
            actor = self._known[address] = Actor(
                decode(lib.stance_actor_id(pointer)),
                decode(lib.stance_actor_name(pointer)),
                decode(lib.stance_actor_type(pointer)),
                decode(lib.stance_actor_id(master)) if master != pointer else None,
            )
        return actor

    def _find(self, id: object) -> Any:
        if not isinstance(id, str) or "\0" in id:
            return ffi.NULL
        return lib.stance_gazetteer_find(self._pointer, id.encode("utf-8", "surrogatepass"))

    def __getitem__(self, id: str) -> Actor:
        found = self._find(id)
        if found == ffi.NULL:
            raise KeyError(id)
        return self._actor(int(ffi.cast("uintptr_t", found)))

    def __contains__(self, id: object) -> bool:
        return bool(self._find(id) != ffi.NULL)

    def __len__(self) -> int:
        return int(lib.stance_gazetteer_count(self._pointer))

    def __iter__(self) -> Any:
        for index in range(len(self)):
            yield self._actor(int(ffi.cast("uintptr_t", lib.stance_gazetteer_actor(self._pointer, index))))

    def __reduce__(self) -> Any:
        return (Gazetteer, self.paths)

    def __repr__(self) -> str:
        return f"Gazetteer({', '.join(map(repr, self.paths))})"
