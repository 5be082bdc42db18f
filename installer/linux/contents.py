"""Which libraries the Linux folder brings, which are the system's (its screen, fonts, sound), what lies compressed."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_FLOOR = ("libstdc++", "libgcc_s", "libexpat")
"""The system's, as ours would ask for a newer C library than Ubuntu 22.04 has."""
_SYSTEM = re.compile(
    r"""(?x)^(lib(
      gtk-3 | gdk | cairo | pango | harfbuzz | atk | atspi | epoxy | X[a-z1] | wayland | GL | EGL | dbus | glib
      | gio | gobject | gmodule | gthread | fontconfig | freetype | systemd | cups | avahi | gnutls | p11
      | unistring | idn
      | nettle | hogweed | tasn1 | gcrypt | gpg-error | krb5 | gssapi | k5 | com_err | keyutils | blkid
      | mount | selinux
      | pcre2 | pixman | brotli | datrie | thai | fribidi | jpeg\.so | png16 | cap\. | cloudproviders
      | json-glib | soup | tracker
      | nghttp | psl | xml2 | stemmer | md\. | bsd | graphite | readline | tinfo | ncurses
      | xcb\. | xcb-(dri|glx|present|randr|render\.|shm|sync|xfixes|res) | xkbcommon | lz4\.so | gmp\.so
      | zstd\.so
    ))"""
)
"""dpkg itself needs libzstd: every system of the .deb has it."""
_UNUSED = re.compile(
    r"(^PIL/(_avif|_imagingft|_imagingcms|_webp)\.|"
    r"(^|/)lib(avif|brotli\w+|freetype|harfbuzz|lcms2|png16|sharpyuv|webp\w*)-[0-9a-f]{8}\.so|"
    r"^dateutil/zoneinfo/dateutil-zoneinfo)"
)
"""What Pillow brings for pictures and letters that the program does not ask it for, and time zones in a second copy."""
_OF_METADATA = re.compile(r"\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json)$")
"""What an installation wrote, which differs from the next one."""
_OWN = re.compile(r"(^|/)(PySide6|shiboken6|[\w.]+\.libs)/")
"""Folders of wheels: what lies there was chosen by the people who made the wheel."""
_QT_LIBRARIES = re.compile(
    r"^libQt6(Quick|Qml|VirtualKeyboard|Network|OpenGL(?!Widgets)|Wayland|WlShell|EglF[sS]|Pdf|ShaderTools|Labs)"
)
_QT_PLUGINS = re.compile(
    r"""(?x)/plugins/.*(
      qgtk3 | qxdgdesktop | libqpdf | libqtiff | libqwebp | libqicns | libqtga | libqwbmp | libqgif | libqeglfs
      | libqlinuxfb | libqminimal
      | libqvnc | libqvkkhr | egldeviceintegrations | networkinformation | tls/ | wayland | virtualkeyboard | qtvirtual
      | generic/ | qml
    )"""
)

ARCHIVE = "rarely.zip"
"""Below lib/: the modules that no start loads."""
_NEVER_LOADED = re.compile(
    r"""(?x)^(
      holidays\.(countries(\.(?!vietnam$)|$) | financial) | backports\.zstd\.(tarfile|zipfile)
      | PIL\.(?!(Bmp|Gif|Ico|Jpeg|Png|Ppm|Tiff)Image)\w+ImagePlugin$ | PIL\.Image(Cms|Draw2|Grab|Qt|Tk|Win)$
    )"""
)
"""Countries other than Vietnam, archives and kinds of picture that nothing of ours asks these packages for."""
_RARELY = frozenset(
    [
        *("anyio", "asyncio", "barcode", "click", "concurrent", "dateutil", "email", "ftplib", "h11", "http", "idna"),
        *("importlib_metadata", "jeepney", "more_itertools", "multiprocessing", "optparse", "pluggy", "psycopg"),
        *("reportlab", "secretstorage", "segno", "serial", "six", "sqlite_fts4", "sqlite_utils"),
        *("starlette", "tabulate", "unittest", "urllib3", "uvicorn", "xlsxwriter", "zipp"),
        *("_pydecimal", "bdb", "cmd", "difflib", "doctest", "fractions", "pdb", "pprint", "pydoc", "smtplib"),
        *("socketserver", "statistics", "tarfile", "tracemalloc", "webbrowser", "xmlrpc"),
    ]
)
"""Whole packages without any file beside their modules: the district's, and what one command or screen asks for."""


def is_module_taken(module: str) -> bool:
    return not _NEVER_LOADED.match(module)


def is_rarely_used(module: str) -> bool:
    return module.partition(".")[0] in _RARELY


def goes_along(name: str) -> bool:
    """`name`: the place of a file below the folder, as PyInstaller gathered it."""
    base = PurePosixPath(name).name
    if _OF_METADATA.search(name) or _UNUSED.search(name):
        return False
    if base.startswith(_FLOOR):
        return False
    if "/Qt/translations/" in name or _QT_PLUGINS.search(name) or _QT_LIBRARIES.match(base):
        return False
    return bool(_OWN.search(name)) or not _SYSTEM.match(base)
