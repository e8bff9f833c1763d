"""Memory of cleaning and chunking 10,000 posts one after another, above the imports with the vocabulary loaded.

    python -m benchmarks.memory [POSTS]

The saved posts are taken in turn, again and again. Resident memory as the system reports it (Linux).
"""

from __future__ import annotations

import os
import sys
from itertools import cycle, islice
from pathlib import Path

from benchmarks.corpus import wordpress_posts
from briefing.clean.cleaner import clean
from briefing.exceptions import EmptyPostError
from briefing.model.chunker import chunk
from briefing.model.tokens import count_tokens
from briefing.types import Post

BUDGET_TOKENS = 512


def resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def read_through(post: Post) -> int:
    """How many chunks the post makes; 0 for an empty one."""
    try:
        return len(chunk(clean(post), budget_tokens=BUDGET_TOKENS))
    except EmptyPostError:
        return 0


def main() -> None:
    wanted = int(sys.argv[1]) if sys.argv[1:] else 10_000
    posts = [post for _, post in wordpress_posts()]
    count_tokens("the vocabulary is loaded")
    base = resident_mib()
    print(f"imports, vocabulary and {len(posts)} posts: {base:.1f} MiB")
    at, chunks, peak = {}, 0, 0.0
    for number, post in enumerate(islice(cycle(posts), wanted), 1):
        chunks += read_through(post)
        peak = max(peak, resident_mib() - base) if number % 10 == 0 else peak
        if number in (100, 1_000, wanted) or number % 2_500 == 0:
            at[number] = resident_mib() - base
            print(f"after {number:>6} posts, {chunks:>7} chunks: {at[number]:+.1f} MiB")
    print(f"peak {peak:+.1f} MiB above; growth from 1,000 to {wanted}: {at[wanted] - at.get(1_000, 0.0):+.1f} MiB")


if __name__ == "__main__":
    main()
