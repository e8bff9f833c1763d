"""How long `briefing --help` takes, against the bare import of the library that parses its arguments.

python -m benchmarks.startup
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 21
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "python -c 'import typer'": ["-c", "import typer"],
    "python -c 'import briefing'": ["-c", "import briefing"],
    "briefing --help": ["-c", "import sys; sys.argv = ['briefing', '--help']; from briefing.cli import main; main()"],
}


def seconds(arguments: list[str]) -> float:
    """One whole process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the median of each command, interleaved so that a noisy machine is noisy for all."""
    rounds = [{name: seconds(arguments) for name, arguments in COMMANDS.items()} for _ in range(RUNS)]
    medians = {name: statistics.median(taken[name] for taken in rounds) for name in COMMANDS}
    for name, median in medians.items():
        print(f"{name:28} {median * 1000:7.1f} ms")
    ratio = medians["briefing --help"] / medians["python -c 'import typer'"]
    print(f"briefing --help is {ratio:.2f} x the import of typer (at most 2)")


if __name__ == "__main__":
    main()
