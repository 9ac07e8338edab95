#!/usr/bin/env python3
"""Does a burst of hostile uploads hold up who checks a badge, and does it fill the memory?

    cargo build --release -p stapel-issuer-service
    python3 tests/benches/hostile_uploads.py target/release/stapel-issuer [again]

Starts the verifier's page alone, checks a badge again and again, then sends 200 hostile uploads by twenty at a time beside it:
bodies of 50 MB, archives that unpack to a gigabyte or hold archives, sheets full of corners of QR codes, photos of 25 million
pixels, JSON of 15 MB as a list and as one document, archives that give all that is read of one. With `again`, who is sent away
for want of a place comes back until it is taken, so that all are judged. Prints the median of the normal use before and during, and the most memory that the service held.
"""

import http.client, io, json, os, pathlib, random, statistics, struct, subprocess, sys, threading, time, zipfile, zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
BADGE = json.dumps(json.loads((ROOT / "fixtures/vectors/accepted/badge.json").read_text())["document"]).encode()


def png(wide, high, row):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    packer = zlib.compressobj(1)
    lines = b"".join(packer.compress(b"\0" + row(y)) for y in range(high)) + packer.flush()
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def corner(x, y):
    x, y = x % 16 // 2, y % 16 // 2
    ring = x < 7 and y < 7 and (x in (0, 6) or y in (0, 6))
    return 0 if ring or (2 <= x < 5 and 2 <= y < 5) else 255


def archive(names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in names:
            packed.writestr(name, content)
    return out.getvalue()


def hostile():
    rows = [bytes(corner(x, y) for x in range(1600)) for y in range(16)]
    noise = bytes(random.Random(7).choices(b"abcdefghijklmnopqrstuvwxyz", k=16 << 20))
    bomb = archive([("bomb", b" " * (256 << 20))])
    return {
        "50 MB": b"[" + b"7," * (25 << 20),
        "an archive that unpacks to 256 MB": bomb,
        "an archive of archives": archive([(f"{at}.zip", bomb) for at in range(20)]),
        "corners": png(1600, 1200, lambda y: rows[y % 16]),
        "25 million pixels": png(5000, 5000, lambda y: random.Random(y % 5).randbytes(5000)),
        "15 MB of JSON": b"[" + b'{"a":1},' * (1_900_000) + b"1]",
        "15 MB in eight documents": b"[" + b",".join(b'{"a":"' + b"x" * 1_900_000 + b'"}' for _ in range(8)) + b"]",
        "one document of 15 MB": b'{"a":"' + b"x" * 15_000_000 + b'"}',
        "an archive that gives 31 MiB": archive([(str(at), noise[at << 17:(at + 1) << 17] + b"\n") for at in range(124)] + [("rest", b" " * (15 << 20))]),
    }


def post(connection, body):
    connection.request("POST", "/api/verify", body, {"Content-Type": "application/octet-stream"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def normal(port, stop, times):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    while not stop():
        begun = time.perf_counter()
        assert post(connection, BADGE) == 200
        times.append((time.perf_counter() - begun) * 1000)


def memory(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main():
    uploads = hostile()
    service = subprocess.Popen(
        [sys.argv[1], "verifier", "--listen", "127.0.0.1:0", "--offline"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    port = int(service.stdout.readline().decode().split(":")[2].split("/")[0])
    before, during, statuses = [], [], {}
    try:
        normal(port, lambda: len(before) >= 2000, before)
        quiet = memory(service.pid)
        queue = list(uploads.items()) * 23
        queue, running = queue[:200], [True]

        def attack():
            while True:
                try:
                    name, body = queue.pop()
                except IndexError:
                    return
                try:
                    status = post(http.client.HTTPConnection("127.0.0.1", port, timeout=120), body)
                except OSError:
                    status = "cut off"
                if sys.argv[2:] == ["again"] and status in (503, "cut off") and name != "50 MB":
                    time.sleep(0.02)
                    queue.append((name, body))
                    continue
                statuses.setdefault(name, {}).setdefault(status, 0)
                statuses[name][status] += 1

        beside = threading.Thread(target=normal, args=(port, lambda: not running[0], during))
        attackers = [threading.Thread(target=attack) for _ in range(20)]
        beside.start()
        begun = time.perf_counter()
        for one in attackers:
            one.start()
        for one in attackers:
            one.join()
        took = time.perf_counter() - begun
        running[0] = False
        beside.join()
        alone, beside = statistics.median(before), statistics.median(during)
        print(f"normal use, median: {alone:.2f} ms alone, {beside:.2f} ms beside the burst ({beside / alone:.1f} times; {len(during)} calls in {took:.1f} s)")
        print(f"memory at most: {quiet:.0f} MB before, {memory(service.pid):.0f} MB with the burst")
        for name, found in statuses.items():
            print(f"  {name}: {', '.join(f'{count} x {status}' for status, count in found.items())}")
    finally:
        service.kill()


main()
