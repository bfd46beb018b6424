# SPDX-License-Identifier: MIT
"""Builds the package: the C header beside the code, and in a wheel the library and its data too.

STANCEKIT_BUILD=FOLDER   where `make` put libstance (default: build/ of the checkout)
STANCEKIT_BUNDLE=no      leave library and data out: the system has them (Debian's package)
"""
import os
import re
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.dist import Distribution

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = Path(os.environ.get("STANCEKIT_BUILD", ROOT / "build"))
IS_BUNDLED = os.environ.get("STANCEKIT_BUNDLE", "yes") != "no"
HEADER = ROOT / "stance" / "stance.h"


class BuildWithLibrary(build_py):
    def run(self):
        super().run()
        target = Path(self.build_lib) / "stancekit"
        shutil.copy(HEADER, target / "stance.h")
        if not IS_BUNDLED:
            return
        shutil.copy(BUILD / "libstance.so.0", target / "libstance.so.0")
        for name in ("default.model", "actors.compiled"):
            shutil.copy(BUILD / name, target / name)
        for folder in ("actors", "codebooks"):
            shutil.copytree(ROOT / "corpora" / folder, target / folder, dirs_exist_ok=True)


class WithLibrary(Distribution):
    """A wheel with a library in it is for one kind of machine, though for any Python 3."""

    def has_ext_modules(self):
        return IS_BUNDLED


try:
    from wheel.bdist_wheel import bdist_wheel

    class AnyPython(bdist_wheel):
        def get_tag(self):
            python, abi, platform = super().get_tag()
            return ("py3", "none", platform) if IS_BUNDLED else (python, abi, platform)

    commands = {"bdist_wheel": AnyPython}
except ImportError:
    commands = {}

setup(
    name="stancekit",
    version=re.search(r'define STANCE_VERSION "(.*)"', HEADER.read_text()).group(1),
    description="Who is hostile or friendly to whom in the news, sentence by sentence",
    license="MIT",
    packages=["stancekit"],
    package_data={"stancekit": ["py.typed"]},
    python_requires=">=3.9",
    install_requires=["cffi>=1.14"],
    extras_require={"frames": ["pandas>=1.3"]},
    cmdclass={"build_py": BuildWithLibrary, **commands},
    distclass=WithLibrary,
)
