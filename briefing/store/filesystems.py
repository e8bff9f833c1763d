"""Which filesystem a file lies on, where the system tells (Linux)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset(
    "9p acfs afs beegfs ceph cifs coda davfs fuse.ceph fuse.davfs fuse.glusterfs fuse.grpcfuse fuse.rclone fuse.s3fs "
    "fuse.sshfs gfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 prl_fs smb2 smb3 smbfs vboxsf virtiofs vmhgfs "
    "fuse.vmhgfs-fuse".split()
)
"""Those that several machines may share: the memory that SQLite's WAL needs is not shared (sqlite.org/wal.html)."""


def is_on_network(path: Path) -> bool:
    """Whether the folder of `path` lies on a network filesystem; False where it cannot be told."""
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return filesystem_of(path.parent.resolve(), mounts) in _NETWORK


def filesystem_of(folder: Path, mounts: str) -> str | None:
    """The kind of filesystem of a resolved folder, from the lines of proc(5)'s mountinfo; the last mounted wins."""
    kind, depth = None, -1
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        mounted = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4]))
        if folder.is_relative_to(mounted) and len(mounted.parts) >= depth:
            kind, depth = after.split(" ")[0], len(mounted.parts)
    return kind
