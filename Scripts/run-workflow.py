#!/usr/bin/env python3
# Runs the shell steps of a workflow file as its service would, in a folder with a fresh site and an empty environment.
#
#   Scripts/run-workflow.py deploy/workflows/github-site.yml
#   Scripts/run-workflow.py deploy/workflows/github-ratings.yml    also starts an endpoint that has collected a rating
#   Scripts/run-workflow.py deploy/workflows/gitlab-ci.yml
#
# Each runs twice, with what `cache` steps keep in between. Actions (`uses:`) are left out. The release that the steps install is a folder that is
# served from here: what `make dist` made, or else a tarball of the program of .build (or MARQUEE). Needs PyYAML, git, curl and xz.
import functools, glob, hashlib, http.server, os, re, shutil, subprocess, sys, tempfile, threading, time

import yaml

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
marquee = os.environ.get("MARQUEE", os.path.join(root, ".build/release/marquee"))


def steps(path):
    """Name and script of each step, with the environment that the file gives it."""
    with open(path) as file:
        workflow = yaml.safe_load(file)
    if "jobs" not in workflow:
        job = workflow["site"]
        return workflow["variables"], [(f"line {number}", line, {}) for number, line in enumerate(job["script"], 1)]
    [job] = workflow["jobs"].values()
    return workflow["env"], [
        (step.get("name", step.get("uses")), step.get("run"), step.get("env", {})) for step in job["steps"]]


def fill(value, known):
    """The value of an expression such as ${{ vars.NAME || 'main' }}."""
    def one(match):
        name = re.match(r"\s*(?:vars|secrets)\.(\w+)(?:\s*\|\|\s*'([^']*)')?", match.group(1))
        return known.get(name.group(1), name.group(2) or "")
    return re.sub(r"\$\{\{(.*?)\}\}", one, str(value))


def prepare(folder, workflow):
    """A repository with a site; values of the service's variables."""
    site = os.path.join(folder, "repository")
    subprocess.run([marquee, "new", site, "--title", "From a workflow", "--workflow", "github", "--yes"], check=True, capture_output=True)
    with open(os.path.join(site, "content/site.yaml")) as file:
        text = file.read()
    text = text.replace("quality: best", "quality: quick") + f"deploy:\n  - folder: {folder}/public\ngates:\n  rmse: 0.01\n  broken-links: 0\n"
    if "ratings" in workflow:
        text = text.replace("  - sample\n", "  - sample\n  - members.csv\n")
    with open(os.path.join(site, "content/site.yaml"), "w") as file:
        file.write(text)
    return site, {"MARQUEE_REPOSITORY": release(folder)}


def release(folder):
    """The address of a server that has the release, under the paths that the service would have it at."""
    place = os.path.join(folder, "served/releases/latest/download")
    os.makedirs(place)
    packages = glob.glob(os.path.join(root, "dist/marquee-*-linux-*.tar.xz"))
    if packages and "MARQUEE" not in os.environ:
        shutil.copy(packages[0], place)
    else:
        name = f"marquee-0.0.0-linux-{os.uname().machine}"
        stage = os.path.join(folder, name)
        for part in "bin", "lib/marquee", "share/marquee/deploy":
            os.makedirs(os.path.join(stage, part))
        shutil.copy(marquee, os.path.join(stage, "bin/marquee"))
        for part in "site-templates", "content":
            shutil.copytree(os.path.join(root, part), os.path.join(stage, "share/marquee", part))
        subprocess.run(["tar", "-C", folder, "-I", "xz -0", "-cf", os.path.join(place, name + ".tar.xz"), name], check=True)
    with open(os.path.join(place, "SHA256SUMS"), "w") as sums:
        for path in glob.glob(os.path.join(place, "*.tar.xz")):
            with open(path, "rb") as file:
                sums.write(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {os.path.basename(path)}\n")
    for script in "install.sh", "action.sh":
        shutil.copy(os.path.join(root, "packaging", script), place)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=os.path.join(folder, "served")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def endpoint(folder, known):
    """A running endpoint that has one member's rating."""
    site = os.path.join(folder, "endpoint")
    subprocess.run([marquee, "new", site, "--yes"], check=True, capture_output=True)
    with open(os.path.join(site, "content/site.yaml"), "a") as file:
        file.write("endpoint: /\n")
    subprocess.run([marquee, "build", "--site", site, "--quality", "quick"], check=True, capture_output=True)
    subprocess.run([marquee, "user", "add", "alice", "--owner", "--site", site], check=True, capture_output=True)
    token = subprocess.run([marquee, "user", "token", "alice", "--site", site], check=True, capture_output=True, text=True).stdout.split()[-1]
    server = subprocess.Popen([marquee, "serve", "--site", site, "--port", "0"], stderr=subprocess.PIPE, text=True)
    address = None
    while address is None:
        found = re.search(r"at (http://\S+)/", server.stderr.readline())
        address = found and found.group(1)
    subprocess.run(
        ["curl", "-sf", "-X", "PUT", "-H", f"Authorization: Bearer {token}", "-H", "Content-Type: application/json", "-d", '{"stars": 5}',
         f"{address}/api/ratings/1"], check=True, capture_output=True)
    known.update(MARQUEE_ENDPOINT=address, MARQUEE_TOKEN=token)
    return server


def run(workflow, site, folder, known):
    environment, parts = steps(workflow)
    home = os.path.join(folder, "home")
    os.makedirs(home, exist_ok=True)
    base = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home, "CI": "true", "LANG": "C.UTF-8"}
    if "github" in os.path.basename(workflow):
        base.update(GITHUB_ACTIONS="true", GITHUB_WORKSPACE=site)
    else:
        base.update(CI_COMMIT_BRANCH="main", CI_DEFAULT_BRANCH="main", **known)
    for name in "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY":
        base[name] = os.path.join(folder, name)
        open(base[name], "w").close()
    base.update({name: fill(value, known) for name, value in environment.items()})
    exports = ""
    for name, script, own in parts:
        if script is None:
            print(f"  -  {name}: left out")
            continue
        if script.startswith("export "):
            exports += script + "\n"
        with open(base["GITHUB_PATH"]) as file:
            path = ":".join(file.read().split() + [base["PATH"]])
        environment = {**base, "PATH": path, **{key: fill(value, known) for key, value in own.items()}}
        start = time.monotonic()
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", exports + script], cwd=site, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        last = (done.stdout.strip().split("\n") or [""])[-1]
        print(f"  {'ok' if done.returncode == 0 else '!!'} {name} ({time.monotonic() - start:.1f} s): {last}")
        if done.returncode:
            sys.exit(f"{done.stdout}\nrun-workflow: {name} ended with {done.returncode}")


def main():
    workflow = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp(prefix="workflow-")
    server = None
    try:
        site, known = prepare(folder, workflow)
        if "ratings" in workflow:
            server = endpoint(folder, known)
        for turn in "first", "second":
            print(f"{os.path.basename(workflow)}, {turn} run:")
            run(workflow, site, folder, known)
            shutil.rmtree(os.path.join(site, "output"))
        if not os.path.exists(os.path.join(folder, "public/index.html")):
            sys.exit("run-workflow: nothing was sent")
        if server and "alice" not in "".join(os.listdir(os.path.join(folder, "public/users"))):
            sys.exit("run-workflow: the collected rating has no page")
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


main()
