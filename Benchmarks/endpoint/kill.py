#!/usr/bin/env python3
"""Kills the server at random moments under load and looks for every rating that it acknowledged.

    kill.py SITE TOKENS [--kills 100] [--clients 16] [--port 18090] [--marquee BINARY]

SITE is a built site with an endpoint, TOKENS a file with a session's token a line. Each client is one member; it sends
single ratings and posts of five, counting the stars up so that each request is another one. After each kill the server is
started again, and each member's ratings are asked for: of every movie the stars must be those of the last acknowledged
request or, where the connection broke, of the one that was under way; of a post of five, all or none. At the end the
database is checked.
"""
import argparse, http.client, json, os, random, signal, sqlite3, subprocess, sys, threading, time

parser = argparse.ArgumentParser()
parser.add_argument("site"); parser.add_argument("tokens")
parser.add_argument("--kills", type=int, default=100); parser.add_argument("--clients", type=int, default=16)
parser.add_argument("--port", type=int, default=18090); parser.add_argument("--marquee", required=True)
parser.add_argument("--movies", default="1,2,3,4,5,6,7,8")
options = parser.parse_args()
tokens = [line.strip() for line in open(options.tokens)][: options.clients]
movies = options.movies.split(",")
levels = [half / 2 for half in range(1, 11)]

def start():
    server = subprocess.Popen(
        [options.marquee, "serve", "--site", options.site, "--port", str(options.port),
         "--set", "ratings-per-minute=1000000", "--set", "log-level=error",
         "--set", "rebuild-quiet=86400", "--set", "rebuild-wait=86400"], stderr=subprocess.DEVNULL)
    for _ in range(400):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", options.port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200: return server
        except OSError: time.sleep(0.02)
    sys.exit("kill: the server did not start")

class Member(threading.Thread):
    """What one member knows: by movie the stars that are certain and, after a break, those that may be."""
    def __init__(self, token, known):
        super().__init__(daemon=True)
        self.token, self.known, self.pending, self.acknowledged, self.fault = token, known, None, 0, None
    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", options.port, timeout=20)
        step = random.randrange(1000)
        while True:
            step += 1
            chosen = random.sample(movies, 5) if step % 4 == 0 else [random.choice(movies)]
            change = {movie: levels[(step + number) % len(levels)] for number, movie in enumerate(chosen)}
            self.pending = change
            try:
                headers = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"}
                if len(change) == 1:
                    (movie, stars), = change.items()
                    connection.request("PUT", f"/api/ratings/{movie}", json.dumps({"stars": stars}), headers)
                else:
                    body = [{"movie": movie, "stars": stars} for movie, stars in change.items()]
                    connection.request("POST", "/api/ratings", json.dumps(body), headers)
                answer = connection.getresponse(); answer.read()
            except (OSError, http.client.HTTPException): return
            if answer.status != 200:
                self.fault = f"status {answer.status}"; return
            self.known.update(change); self.pending = None; self.acknowledged += 1

def ratings(token):
    connection = http.client.HTTPConnection("127.0.0.1", options.port, timeout=20)
    connection.request("GET", "/api/ratings", headers={"Authorization": "Bearer " + token})
    return {str(rating["movie"]): rating["stars"] for rating in json.load(connection.getresponse())["ratings"]}

known = [dict() for _ in tokens]
total, faults = 0, []
server = start()
for token, mine in zip(tokens, known): mine.update(ratings(token))
for kill in range(options.kills):
    members = [Member(token, mine) for token, mine in zip(tokens, known)]
    for member in members: member.start()
    time.sleep(random.uniform(0.05, 0.6))
    server.send_signal(signal.SIGKILL); server.wait()
    for member in members: member.join(30)
    server = start()
    for number, member in enumerate(members):
        total += member.acknowledged
        found = ratings(member.token)
        if member.fault: faults.append(f"kill {kill}, member {number}: {member.fault}")
        certain = member.known
        possible = {**certain, **(member.pending or {})}
        if found != certain and found != possible:
            faults.append(f"kill {kill}, member {number}: found {found}, acknowledged {certain}, under way {member.pending}")
        member.known.clear(); member.known.update(found)
server.terminate(); stopped = server.wait(30)
database = os.path.join(options.site, ".marquee", "marquee.sqlite")
check = sqlite3.connect(database).execute("PRAGMA integrity_check").fetchone()[0]
print(f"{options.kills} kills, {total} acknowledged requests, {len(faults)} faults, integrity_check {check}, stopped with {stopped}")
for fault in faults[:20]: print("  " + fault)
sys.exit(1 if faults or check != "ok" or stopped != 0 else 0)
