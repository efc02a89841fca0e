#!/usr/bin/env python3
"""An hour in the life of a server: members come, rate, hide and go, the site is built again and again, copies are made and
restored. Everything that was acknowledged is held against what the server has; every page that is asked for must be whole.

    hour.py --marquee PROGRAM --site FOLDER [--port 18080] [--seconds 3600] [--seed 1]

Prints a line a minute: memory and open files of the server, what was done, what was wrong. Ends with 1 where anything was.
"""
import argparse, http.client, json, os, random, re, signal, subprocess, sys, threading, time

parser = argparse.ArgumentParser()
parser.add_argument("--marquee", required=True)
parser.add_argument("--site", required=True)
parser.add_argument("--port", type=int, default=18080)
parser.add_argument("--seconds", type=float, default=3600)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
PASSWORD = "nine long words in a row"
chance = random.Random(options.seed)
lock, isUp, isOver = threading.Lock(), threading.Event(), threading.Event()
members, counts, faults = {}, {}, []
log = open(os.path.join(options.site, "serve.log"), "ab")
server = None


class Member:
    def __init__(self, name, token):
        self.name, self.token = name, token
        self.ratings, self.unsure = {}, set()
        self.isListed, self.isRemoved = True, False
        # The copy that was restored does not know them.
        self.isLost = False
        self.lock = threading.Lock()


def count(what): counts[what] = counts.get(what, 0) + 1
def fault(text):
    faults.append(text)
    print("WRONG:", text, flush=True)


def ask(method, path, body=None, token=None):
    """Status and body; (0, b"") where no answer came."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if token: headers["Authorization"] = "Bearer " + token
    try:
        line = http.client.HTTPConnection("127.0.0.1", options.port, timeout=30)
        line.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = line.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        line.close()


def run(*arguments):
    done = subprocess.run([options.marquee, *arguments, "--site", options.site], capture_output=True, text=True)
    if done.returncode: fault(f"{' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout.strip()


def start():
    global server
    flags = [f"{name}={value}" for name, value in {
        "ratings-per-minute": 1000000, "logins-per-minute": 1000000, "registrations-per-hour": 1000000,
        "rebuild-quiet": 15, "rebuild-wait": 60, "log-level": "warning"}.items()]
    server = subprocess.Popen(
        [options.marquee, "serve", "--site", options.site, "--port", str(options.port)]
        + [word for flag in flags for word in ("--set", flag)], stderr=log, stdout=log)
    for _ in range(600):
        if ask("GET", "/healthz")[0] == 200: break
        time.sleep(0.05)
    else: fault("the server did not start")
    isUp.set()


def stop():
    isUp.clear()
    begin = time.time()
    server.send_signal(signal.SIGTERM)
    try:
        code = server.wait(20)
        if code: fault(f"the server ended with {code}")
        if time.time() - begin > 5: fault(f"the server stopped after {time.time() - begin:.1f} s")
    except subprocess.TimeoutExpired:
        fault("the server did not stop")
        server.kill()


def logIn(member):
    status, body = ask("POST", "/api/sessions", {"name": member.name, "password": PASSWORD})
    if status == 201: member.token = json.loads(body)["token"]
    return status


def register():
    with lock:
        name = f"member{len(members)}x"
        status, body = ask("POST", "/api/accounts", {"name": name, "password": PASSWORD})
        if status == 201:
            members[name] = Member(name, json.loads(body)["token"])
            return count("registered")
    if status == 409:
        fault(f"{name} is taken")
    elif status not in (0, 503): fault(f"{name} could not register: {status} {body[:200]}")


def present(): return [m for m in list(members.values()) if not m.isRemoved and not m.isLost]


def rate():
    some = present()
    if not some: return
    member = chance.choice(some)
    with member.lock:
        if member.isRemoved or member.isLost: return
        movie, stars = str(chance.choice(movies)), chance.randint(1, 10) / 2
        takesBack = movie in member.ratings and chance.random() < 0.1
        status, body = (ask("DELETE", f"/api/ratings/{movie}", None, member.token) if takesBack else
                        ask("PUT", f"/api/ratings/{movie}", {"stars": stars}, member.token))
        if status in (200, 204):
            if takesBack: member.ratings.pop(movie, None)
            else: member.ratings[movie] = stars
            member.unsure.discard(movie)
            count("rated")
        elif status in (0, 503): member.unsure.add(movie)
        elif status == 401: logIn(member)
        else: fault(f"{member.name} could not rate {movie}: {status} {body[:200]}")


def hide():
    some = present()
    if not some: return
    member = chance.choice(some)
    with member.lock:
        if member.isRemoved or member.isLost: return
        status, _ = ask("PATCH", "/api/me", {"listed": not member.isListed}, member.token)
        if status == 200:
            member.isListed = not member.isListed
            count("hidden or shown")


def remove():
    some = present()
    if len(some) < 20: return
    member = chance.choice(some)
    with member.lock:
        if chance.random() < 0.5:
            run("user", "remove", member.name)
            member.isRemoved = True
            time.sleep(6)  # The server looks every five seconds.
        else:
            status, _ = ask("DELETE", "/api/me", {"password": PASSWORD}, member.token)
            if status != 204: return
            member.isRemoved = True
        count("removed")
        expectHidden(member)


def expectHidden(member):
    for path in (f"/users/{member.name}/", f"/api/users/{member.name}.json"):
        status, body = ask("GET", path)
        if status not in (404, 0, 503): fault(f"{path}: {status} {body[:80]}")


def look():
    path = chance.choice(pages)
    status, body = ask("GET", path)
    if status == 200:
        if path.endswith("/") and not body.rstrip().endswith(b"</html>"): fault(f"{path} is not whole")
        if path.endswith(".json"):
            try: json.loads(body)
            except ValueError: fault(f"{path} is not JSON")
        count("pages")
    elif status not in (0, 404, 503): fault(f"{path}: {status}")
    elif status == 404 and not path.startswith(("/users/", "/api/users/")): fault(f"{path} is not there")


def compare(member):
    with member.lock:
        if member.isRemoved or member.isLost: return
        status, body = ask("GET", "/api/ratings", None, member.token)
        if status == 401 and logIn(member) == 201: status, body = ask("GET", "/api/ratings", None, member.token)
        if status != 200:
            if status not in (0, 503): fault(f"{member.name} has no ratings: {status} {body[:200]}")
            return
        found = {str(r["movie"]): r["stars"] for r in json.loads(body)["ratings"]}
        for movie in set(found) | set(member.ratings):
            if movie not in member.unsure and found.get(movie) != member.ratings.get(movie):
                fault(f"{member.name}: {movie} is {found.get(movie)}, acknowledged was {member.ratings.get(movie)}")
        count("compared")


def restore():
    """Back to a copy: what was acknowledged after it is gone, who was removed after it stays removed."""
    copy = os.path.join(options.site, "copy.sqlite")
    held = list(members.values())
    for member in held: member.lock.acquire()
    try:
        run("backup", copy)
        then = {m.name: (dict(m.ratings), set(m.unsure), m.isListed) for m in held}
        gone = {m.name for m in held if m.isRemoved}
    finally:
        for member in held: member.lock.release()
    isOver.wait(20)
    isUp.clear()
    lock.acquire()
    held = list(members.values())
    for member in held: member.lock.acquire()
    try:
        stop()
        run("backup", "--restore", copy)
        for former in os.listdir(os.path.join(options.site, ".marquee")):
            if "before-restore" in former: os.remove(os.path.join(options.site, ".marquee", former))
        for member in held:
            if member.name not in then: member.isLost = True
            elif member.name not in gone and not member.isRemoved:
                # Whoever hid meanwhile stays hidden.
                member.ratings, member.unsure, wasListed = then[member.name]
                member.isListed = member.isListed and wasListed
        start()
        for member in held:
            if member.isRemoved or member.isLost: continue
            for _ in range(10):
                how = logIn(member)
                if how not in (0, 429, 503): break
                time.sleep(1)
            if how != 201: fault(f"{member.name} cannot log in after the restoration: {how}")
            status, body = ask("GET", "/api/me", None, member.token)
            if status == 200 and json.loads(body)["listed"] != member.isListed:
                fault(f"{member.name} is listed: {not member.isListed}, and should not be so after the restoration")
        count("restored")
    finally:
        lock.release()
        for member in held: member.lock.release()


def forever(act, pause):
    def loop():
        while not isOver.is_set():
            isUp.wait(5)
            try:
                if isUp.is_set(): act()
            except Exception as error: fault(f"{act.__name__}: {error!r}")
            isOver.wait(pause * (0.5 + chance.random()))
    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    return thread


def memory():
    try:
        lines = open(f"/proc/{server.pid}/status").read().splitlines()
        return (round(int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024),
                len(os.listdir(f"/proc/{server.pid}/fd")))
    except (OSError, StopIteration):
        return 0, 0


output = os.path.join(options.site, "output")
pages = ["/"] + ["/" + os.path.relpath(os.path.join(folder, name), output).removesuffix("index.html")
         for folder, _, names in os.walk(output) for name in names if name == "index.html" or name.endswith(".json")]
# Pages removed by a build are not faults: pages of tags and of members come and go.
pages = [p for p in pages if p == "/" or p.split("/")[1] in ("movies", "users") or p.startswith("/api/")]
movies = sorted({int(m.group(1)) for m in (re.match(r"/api/movies/(\d+)\.json$", p) for p in pages) if m})
start()
for _ in range(40): register()
threads = [forever(rate, 0.02), forever(rate, 0.02), forever(rate, 0.05), forever(look, 0.01), forever(look, 0.01),
           forever(register, 8), forever(hide, 9), forever(remove, 25), forever(restore, 400)]
begin, minute, sizes = time.time(), 0, []
while time.time() - begin < options.seconds:
    time.sleep(min(60, options.seconds))
    minute += 1
    if not isUp.is_set(): continue
    some = present()
    for member in chance.sample(some, min(10, len(some))): compare(member)
    size, files = memory()
    sizes.append((size, files))
    status, body = ask("GET", "/api/builds")
    builds = json.loads(body)["builds"] if status == 200 else []
    failed = sum(b["outcome"] == "failed" for b in builds)
    print(f"{minute:3} min: {size} MB, {files} open files, {len(some)} members, {len(builds)} builds lately, {failed} failed, "
          f"{dict(sorted(counts.items()))}, {len(faults)} wrong", flush=True)
isOver.set()
for thread in threads: thread.join(60)
isUp.wait(30)
for member in present(): compare(member)
for member in members.values():
    if member.isRemoved: expectHidden(member)
stop()
sizes = sizes or [(0, 0)]
print(f"at most {max(s for s, _ in sizes)} MB and {max(f for _, f in sizes)} open files; first quarter "
      f"{max(s for s, _ in sizes[:max(1, len(sizes) // 4)])} MB, last {max(s for s, _ in sizes[-max(1, len(sizes) // 4):])} MB; "
      f"{sum(len(m.ratings) for m in present())} ratings compared at the end; {len(faults)} wrong")
sys.exit(bool(faults))
