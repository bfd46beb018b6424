# SPDX-License-Identifier: MIT
"""The tests run in a checkout after `make`, on its library, program, model and articles."""
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bindings" / "python"))
BUILD = Path(os.environ.get("BUILD", ROOT / "build"))


@pytest.fixture(scope="session")
def program():
    return str(BUILD / "stance")


@pytest.fixture(scope="session")
def shipped():
    import stancekit

    return stancekit.Model(), stancekit.Gazetteer()


def read(path):
    """A text file as the program reads it: title, text, and the date that the name begins with."""
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    return {"id": path.stem, "title": title, "date": path.name[:10], "text": text}


@pytest.fixture(scope="session")
def files():
    every = sorted((ROOT / "corpora" / "articles").glob("*.txt"))
    return every[::10] + [ROOT / "corpora" / "articles" / "2022-05-03-mali-tears-up-defence-pacts.txt"]


@pytest.fixture(scope="session")
def articles(files):
    return [read(path) for path in files]
