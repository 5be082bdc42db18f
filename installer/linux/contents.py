"""Which libraries the Linux folder brings along, and which are the system's: those of its screen, fonts and sound."""

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
    ))"""
)
_AVIF = re.compile(r"^PIL/_avif|libavif-")
"""Five megabytes for a kind of picture that the program neither reads nor writes."""
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
      | libqlinuxfb
      | libqvnc | libqvkkhr | egldeviceintegrations | networkinformation | tls/ | wayland | virtualkeyboard | qtvirtual
      | generic/ | qml
    )"""
)


def goes_along(name: str) -> bool:
    """`name`: the place of a file below the folder, as PyInstaller gathered it."""
    base = PurePosixPath(name).name
    if _OF_METADATA.search(name) or _AVIF.search(name):
        return False
    if base.startswith(_FLOOR):
        return False
    if "/Qt/translations/" in name or _QT_PLUGINS.search(name) or _QT_LIBRARIES.match(base):
        return False
    return bool(_OWN.search(name)) or not _SYSTEM.match(base)
