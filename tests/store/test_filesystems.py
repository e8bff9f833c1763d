"""Which filesystem a folder lies on."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.store.filesystems import filesystem_of, is_on_network

# As Linux prints it: a root, a share with a space in its name, a local disk inside it, a share mounted over a disk.
MOUNTS = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:21 / /proc rw,nosuid shared:12 - proc proc rw
40 22 0:44 / /mnt/our\040desk rw,relatime shared:20 - nfs4 server:/desk rw,vers=4.2
41 40 8:2 / /mnt/our\040desk/local rw,relatime - xfs /dev/sdb1 rw
42 22 0:50 / /srv rw,relatime - ext4 /dev/sdc1 rw
43 22 0:51 / /srv rw,relatime master:3 propagate_from:2 - cifs //server/srv rw
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/home/reader", "ext4"),
        ("/mnt/our desk", "nfs4"),
        ("/mnt/our desk/state/deep", "nfs4"),
        ("/mnt/our desks", "ext4"),
        ("/mnt/our desk/local/state", "xfs"),
        ("/srv/state", "cifs"),
    ],
)
def test_filesystem(folder: str, kind: str) -> None:
    assert filesystem_of(Path(folder), MOUNTS) == kind


def test_nothing_known() -> None:
    assert filesystem_of(Path("/"), "") is None


def test_here(tmp_path: Path) -> None:
    """Tests run on a local disk."""
    assert not is_on_network(tmp_path / "briefing.db")
