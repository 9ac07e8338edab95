#!/usr/bin/env python3
"""How long does the verifier take from its start until its page listens?

    cargo build --release -p stapel-issuer-service
    python3 tests/benches/cold_start.py target/release/stapel-issuer

Fifteen starts with the program in memory, and fifteen after the kernel was told to forget its file (posix_fadvise), so that it
comes from disk. The clock runs from before the process is made until a request for the form is answered.
"""
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def forget(program):
    with open(program, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def start(program):
    """Milliseconds until the address is printed, and until the form is answered."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [program, "verifier", "--offline", "--listen", f"127.0.0.1:{free_port()}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = process.stdout.readline().strip()
        printed = time.perf_counter() - begun
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.status == 200 and b"<form" in answer.read()
        return printed * 1e3, (time.perf_counter() - begun) * 1e3
    finally:
        process.kill()
        process.wait()


def main(program):
    for what, before in (("in memory", lambda: None), ("from disk", lambda: forget(program))):
        times = []
        for _ in range(15):
            before()
            times.append(start(program))
        for until, all_times in zip(("it listens", "the form is answered"), zip(*times)):
            print(f"{what}, until {until}: {statistics.median(all_times):.1f} ms at the median, {max(all_times):.1f} ms at most")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
