#!/usr/bin/env python3
"""How long does the most hostile small badge hold up a thread of the verifier's page?

    cargo build --release -p stapel-issuer-service
    python3 tests/benches/hostile_badges.py target/release/stapel-issuer

A badge of up to 16 KiB is judged where it was read, without a thread that may wait. This posts badges of that size that are made
to be hard to canonicalize (hundreds of nodes without a name, twins below different parents, many proofs), and prints the median of
fifteen calls each, beside the badge as it was signed.
"""

import copy, http.client, json, pathlib, statistics, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIGNED = json.loads((ROOT / "fixtures/vectors/accepted/dataset-with-the-extension.json").read_text())["document"]
SIGNED = json.loads(SIGNED) if isinstance(SIGNED, str) else SIGNED
MOST = 16 * 1024
ALIGNMENT = {"type": "Alignment", "targetName": "x", "targetUrl": "https://x.example"}


def written(badge):
    return json.dumps(badge, separators=(",", ":")).encode()


def grown(place, name, item, proofs=1):
    """The badge with as many items as fit, in a list below that member."""
    badge = copy.deepcopy(SIGNED)
    proof = badge["proof"] if isinstance(badge["proof"], dict) else badge["proof"][0]
    if proofs > 1:
        badge["proof"] = [dict(proof, created=f"2026-11-22T08:00:{at:02}Z") for at in range(proofs)]
    parent = badge
    for member in place:
        parent = parent[member]
    items = parent[name] = []
    while len(written(badge)) < MOST:
        items.append(item(len(items)))
    items.pop()
    return badge


def hostile():
    achievement = ["credentialSubject", "achievement"]
    evidence = lambda at: {"type": "Evidence", "name": f"a{at}"}
    yield "the badge as it was signed", SIGNED
    yield "equal nodes in one set", grown([], "evidence", lambda at: {"type": "Evidence"})
    yield "nodes without a name", grown([], "evidence", evidence)
    yield "twins below nodes without a name", grown(
        ["credentialSubject"], "result", lambda at: {"type": "Result", "value": str(at), "alignment": [ALIGNMENT]})
    yield "twins below nodes with names", grown(
        achievement, "resultDescription",
        lambda at: {"id": f"urn:x:{at}", "type": "ResultDescription", "name": "x", "resultType": "Status", "alignment": [ALIGNMENT]})
    for proofs in (2, 4, 8, 16):
        yield f"nodes without a name, {proofs} proofs", grown([], "evidence", evidence, proofs)


def main():
    service = subprocess.Popen(
        [sys.argv[1], "verifier", "--listen", "127.0.0.1:0", "--offline"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    port = int(service.stdout.readline().decode().split(":")[2].split("/")[0])
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        for name, badge in hostile():
            body, times = written(badge), []
            for _ in range(15):
                begun = time.perf_counter()
                connection.request("POST", "/api/verify", body)
                answer = connection.getresponse()
                told = json.loads(answer.read())
                times.append((time.perf_counter() - begun) * 1000)
                assert answer.status == 200
            print(f"{statistics.median(times):6.2f} ms  {len(body):6} bytes  {told['outcome']:10}  {name}")
    finally:
        service.kill()


main()
