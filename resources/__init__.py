"""Icons, themes, translations and lexicons, read alike from a checkout, a wheel and a bundle."""

from __future__ import annotations

from importlib.resources import files


def data(path: str) -> bytes:
    """Bytes of a resource by its path below this folder (``"themes/light.json"``).

    Raises ``FileNotFoundError`` where there is none.
    """
    return files(__name__).joinpath(*path.split("/")).read_bytes()


def text(path: str) -> str:
    """The same, decoded as UTF-8."""
    return data(path).decode("utf-8")


def names(folder: str) -> tuple[str, ...]:
    """Names of what a folder of resources holds, sorted."""
    return tuple(
        sorted(entry.name for entry in files(__name__).joinpath(*folder.split("/")).iterdir())
    )
