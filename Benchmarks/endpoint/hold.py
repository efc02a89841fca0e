#!/usr/bin/env python3
"""Holds a server in one way and measures what everybody else gets meanwhile.

    hold.py ATTACK --port 18080 --tokens FILE --server PID

ATTACK is one of
    late-bytes   2,000 connections: a request that is answered before its body, one byte of the body after the answer
    idle         1,010 connections of one address that say nothing
    streams      980 listeners of one address, and 1,010 idle connections of it
    names        300 attempts to log in with names of a megabyte
    bodies       six members that send tables of a megabyte that are refused
    half-bodies  six members, each with 30 connections in which half a table of a megabyte came
    descriptors  300 listeners of many addresses, and ratings, so that a build is due

The attacker has 127.0.0.3 (for descriptors 127.0.1.x), everybody else 127.0.0.2: a visitor's requests follow each other,
each with a connection of its own, for some seconds before and during the attack. What is told of the time before is the
measure of what this machine has left at the moment: others may work on it.

Ends with 1 where a visitor got something else than the page, the 99th of 100 waited for 50 ms or more (and twice as long as
before), or the server has 200 MB or more.
"""
import argparse, http.client, json, os, socket, sys, threading, time

parser = argparse.ArgumentParser()
parser.add_argument("attack")
parser.add_argument("--port", type=int, default=18080)
parser.add_argument("--tokens", required=True)
parser.add_argument("--server", type=int, required=True)
parser.add_argument("--seconds", type=float, default=12)
options = parser.parse_args()
tokens = open(options.tokens).read().split()
held = []
# Why requests had no answer.
faults = {}


def connect(source="127.0.0.3"):
    line = socket.socket()
    line.settimeout(5)
    line.bind((source, 0))
    line.connect(("127.0.0.1", options.port))
    return line


def hold(count, text, late=b"", source=lambda n: "127.0.0.3"):
    for number in range(count):
        try:
            line = connect(source(number))
            line.send(text)
            held.append(line)
        except OSError:
            pass
    time.sleep(0.5)
    for line in held:
        try:
            if late: line.send(late)
        except OSError:
            pass


def request(method, path, body=None, headers={}, source="127.0.0.3"):
    try:
        line = http.client.HTTPConnection("127.0.0.1", options.port, timeout=20, source_address=(source, 0))
        line.request(method, path, body, headers)
        return line.getresponse().status
    except (OSError, http.client.HTTPException) as fault:
        name = f"{type(fault).__name__} {getattr(fault, 'errno', '')}".strip()
        faults[name] = faults.get(name, 0) + 1
        return 0


def names():
    body = json.dumps({"name": "a" * 1_000_000, "password": "x"})
    for _ in range(300): request("POST", "/api/sessions", body, {"Content-Type": "application/json"})


def bodies():
    table = ("a" + "\u0301" * 500_000).encode()
    def send(token):
        until = time.time() + options.seconds
        while time.time() < until:
            request("POST", "/api/ratings", table, {"Content-Type": "text/csv", "Authorization": "Bearer " + token})
    for token in tokens[:6]: threading.Thread(target=send, args=(token,), daemon=True).start()


def half_bodies():
    for token in tokens[:6]:
        head = f"POST /api/ratings HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\nAuthorization: Bearer {token}\r\n\r\n"
        hold(30, head.encode() + b"1,4\n" * 125_000)


def descriptors():
    stream = b"GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n"
    hold(300, stream, source=lambda n: f"127.0.1.{n % 250 + 1}")
    for token in tokens[:6]:
        request("PUT", "/api/ratings/1", json.dumps({"stars": 4}),
                {"Content-Type": "application/json", "Authorization": "Bearer " + token}, source="127.0.0.2")


attacks = {
    "late-bytes": lambda: hold(2000, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n", b"1"),
    "idle": lambda: hold(1010, b""),
    "streams": lambda: (hold(980, b"GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n"), hold(1010, b"")),
    "names": names, "bodies": bodies, "half-bodies": half_bodies, "descriptors": descriptors,
}
times, statuses = [], {}


def visit(until):
    own = []
    while time.time() < until:
        start = time.perf_counter()
        status = request("GET", "/", source="127.0.0.2")
        own.append((time.perf_counter() - start) * 1000)
        statuses[status] = statuses.get(status, 0) + 1
        time.sleep(0.002)
    own.sort()
    return own


def memory():
    lines = open(f"/proc/{options.server}/status").read().splitlines()
    return round(int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024)


def told(own): return f"median {own[len(own) // 2]:.1f} ms, p99 {own[int(len(own) * 0.99)]:.1f} ms, most {own[-1]:.1f} ms"


before = visit(time.time() + options.seconds / 2)
print(f"{options.attack}: before: {told(before)}, {memory()} MB")
attacker = threading.Thread(target=attacks[options.attack], daemon=True)
attacker.start()
during = visit(time.time() + options.seconds)
size, late, usual = memory(), during[int(len(during) * 0.99)], before[int(len(before) * 0.99)]
print(f"    during: {told(during)}; answers {dict(sorted(statuses.items()))}, {size} MB, "
      f"{len(os.listdir(f'/proc/{options.server}/fd'))} open files; p99 is {late / usual:.1f} of before")
# hold.sh stops the server now, with all that is held.
open(os.path.join(os.path.dirname(options.tokens), "measured"), "w").close()
while os.path.exists(f"/proc/{options.server}"): time.sleep(0.05)
if faults: print(f"    without an answer: {faults}")
if set(statuses) != {200} or late >= 50 and late >= 2 * usual or size >= 200:
    print("    NOT HELD")
    sys.exit(1)
