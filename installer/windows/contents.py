"""What of a wheel and of CPython's library a Windows package carries, and where it lies there."""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(
    r"""(?x)
    ^(docs|tests|pip|panda3d|direct|pandac|deploy_libs|pypdfium2_cli|pycparser|cffi|colorama|setuptools|_distutils_hack)(/|$)
    | ^panda3d | ^PIL/_avif | \.data/ | /tests?/ | __pycache__ | /sboms/
    | \.(pyi|h|c|cpp|lib|exe|qml|cmake|prl|qmltypes|pxd|pyx)$
    | ^holidays/(locale/(?!vi/LC_MESSAGES/VN\.mo) | countries/(?!vietnam\.py$) | financial/) | ^charset_normalizer/
    | ^shiboken6/(?!(__init__|_.*)\.py$|.*\.abi3\.dll$|.*\.pyd$)
    | ^reportlab/fonts/(?!.*(afm|pfb|ttf)$)
    """
)
_OF_METADATA = re.compile(r"\.dist-info/(?!(METADATA|entry_points\.txt)$)")
_OF_QT = re.compile(
    r"""(?x)^PySide6/(
      (__init__|_.*)\.py | Qt(Core|Gui|Widgets|Svg|PrintSupport)\.pyd | Qt6(Core|Gui|Widgets|Svg|PrintSupport)\.dll
      | pyside6\.abi3\.dll | plugins/platforms/q(windows|offscreen|minimal)\.dll | plugins/iconengines/qsvgicon\.dll
      | plugins/imageformats/q(svg|jpeg|ico)\.dll
    )$"""
)
_RUNTIME = re.compile(r"^(PySide6|shiboken6)/((msvcp140(_1|_2)?|vcruntime140(_1)?)\.dll)$")

_LIBRARY_LEFT_OUT = re.compile(
    r"""(?x)
    ^(site-packages|dist-packages|test|idlelib|tkinter|turtledemo|ensurepip|lib2to3|pydoc_data|unittest|venv|curses|dbm|_pyrepl
      |lib-dynload|config-[^/]*|__phello__|msilib|xmlrpc|wsgiref)(/|$)
    | ^(turtle|pydoc|doctest|antigravity|this|pdb|cProfile|profile|pstats|trace|tabnanny|pyclbr|sitecustomize
      |_sysconfigdata.*      |_aix_support|_ios_support|_android_support|_apple_support|pty|tty)\.py$
    | __pycache__ | (^|/)tests?/
    """
)
_INTERPRETER = re.compile(
    r"""(?x)^(
      python3\d+\.dll | vcruntime140(_1)?\.dll | lib(crypto|ssl)-3(-x64)?\.dll | libffi-8\.dll
      | (?!_tkinter|_sqlite3|_ctypes_test|_test|xxlimited)[a-z_0-9]+\.pyd
    )$""",
    re.IGNORECASE,
)


def place_in_folder(path: str) -> str | None:
    """Where a wheel's file goes, below the version's folder; None where it stays out."""
    if runtime := _RUNTIME.match(path):  # beside the programs, where every library finds it
        return runtime[2] if path.startswith("PySide6/") else None
    if _LEFT_OUT.search(path) or _OF_METADATA.search(path):
        return None
    if path.startswith("PySide6/") and not _OF_QT.match(path):
        return None
    return f"lib/{path}"


def is_of_library(path: str) -> bool:
    """A module of the standard library that goes along, by its path there."""
    return path.endswith(".py") and not _LIBRARY_LEFT_OUT.search(path)


def is_of_interpreter(name: str) -> bool:
    """A file of CPython's own binaries that goes along, by its name."""
    return bool(_INTERPRETER.match(name))
