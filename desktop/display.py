"""Whether there is a screen to open a window on. Loads no Qt."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_HEADLESS = {"offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs"}

_WORDS = """\
There is no display here, so the window cannot be opened ({reason}).

Without a display Claimline reads and exports as well:
  claimline read ARTICLE.txt            what was found, as a table (--json: all of it)
  claimline import DOSSIER FILE...      read articles into a dossier
  claimline export DOSSIER OUT.svg      its timeline as a picture

To open the window on a virtual screen:
  xvfb-run -a claimline                 (Debian, Ubuntu: apt install xvfb xauth)
"""


def display_problem(environment: Mapping[str, str] | None = None) -> str | None:
    """Why no window can be opened and what to do instead, or ``None`` where one can.

    Only X11 and Wayland systems can lack a display; Qt would abort there without a word that
    helps.
    """
    values = os.environ if environment is None else environment
    if sys.platform in ("win32", "darwin"):
        return None
    asked = values.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if asked in _HEADLESS:
        return None
    if values.get("WAYLAND_DISPLAY") and asked != "xcb":
        return None
    display = values.get("DISPLAY", "")
    if not display:
        return _WORDS.format(reason="DISPLAY is not set")
    if not _answers(display):
        return _WORDS.format(reason=f"no X server answers at DISPLAY={display}")
    return None


def _answers(display: str) -> bool:
    """Whether a local X server is there; a remote one is left for Qt to reach."""
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdecimal():
        return False
    if host not in ("", "unix"):
        return True
    import socket

    for address in (f"/tmp/.X11-unix/X{number}", f"\0/tmp/.X11-unix/X{number}"):
        if not address.startswith("\0") and not Path(address).exists():
            continue
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(2)
            try:
                probe.connect(address)
            except OSError:
                continue
            return True
    return False
