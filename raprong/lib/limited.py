"""Work on what strangers handed in, done by a child process that has little memory, little time and nothing to lose.

Libraries written in C open such files. Whatever a file does to them, it does to a process of its own: `run` starts a
module of ours there, and that module begins with `keep_within`.
"""

import resource
import subprocess
import sys


class NotDone(Exception):
    """The work could not be done within its limits; the message says why, for the log."""


def run(module: str, *arguments: str, most_seconds: int) -> str:
    """Run `python -m module arguments` apart from the folder and the variables of this process.

    Answers what it wrote to standard output. Raises NotDone, with its last words, when it fails or takes too long.
    """
    command = [sys.executable, "-I", "-m", module, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=most_seconds, check=False, text=True)
    except subprocess.TimeoutExpired as late:
        raise NotDone(f"not done within {most_seconds} seconds") from late
    if done.returncode != 0:
        raise NotDone(done.stderr.strip().rsplit("\n", 1)[-1] or f"ended with {done.returncode}")
    return done.stdout


def keep_within(*, seconds: int, memory_bytes: int) -> None:
    """Set the limits of this process. It cannot lift them again."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
