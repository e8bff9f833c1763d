"""Files of a folder that may come from anybody: only regular ones are read, no link is followed, none too large."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

# A week of a large desk, with a picture in each story, has 30 MB.
LARGEST_FILE: Final = 200_000_000

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_regular(path: Path, *, most: int = LARGEST_FILE) -> bytes:
    """What is in the file. OSError where it cannot be read, or is a link, a pipe, a device, or of more bytes."""
    if path.is_symlink():  # said by name; O_NOFOLLOW is for who is quicker, and for systems that know it
        raise OSError(None, "a symbolic link, which is not followed")
    descriptor = os.open(path, _READ)
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(None, "not a regular file")
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(None, f"more than {most:,} bytes")
    return data
