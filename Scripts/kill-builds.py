#!/usr/bin/env python3
# Kills builds at random moments and checks that the published site is always one whole version.
#
#   Scripts/kill-builds.py [kills]            default: 200
#
# Two versions of the sample site take turns (the title and every page differ); a third of the builds is clean. After each SIGKILL every file of the output folder
# is compared with the manifests of both; at the end a build must succeed and give the right bytes.
import hashlib, os, random, shutil, signal, subprocess, sys, tempfile, time

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
marquee = os.environ.get("MARQUEE", os.path.join(root, ".build/release/marquee"))
kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200


def manifest(folder):
    files = {}
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            with open(full, "rb") as file:
                files[os.path.relpath(full, folder)] = hashlib.sha256(file.read()).hexdigest()
    return files


def write_title(site, title, text):
    with open(os.path.join(site, "content/site.yaml"), "w") as file:
        file.write(text.replace("title: Marquee", f"title: {title}"))


def main():
    random.seed(int(os.environ.get("SEED", "1")))
    folder = tempfile.mkdtemp(prefix="kill-builds-")
    try:
        site = os.path.join(folder, "site")
        os.makedirs(site)
        shutil.copytree(os.path.join(root, "content"), os.path.join(site, "content"))
        with open(os.path.join(site, "content/site.yaml")) as file:
            text = file.read()
        command = [marquee, "build", "--site", site, "--quality", "quick"]
        versions, seconds = [], 0
        for title in "Odeon", "Rialto":
            write_title(site, title, text)
            start = time.monotonic()
            subprocess.run(command, check=True, capture_output=True)
            seconds = max(seconds, time.monotonic() - start)
            versions.append(manifest(os.path.join(site, "output")))
        shown, step, finished, changes = [0, 0], 0, 0, 0
        now = versions[-1]
        while step - finished < kills:
            # The version that is not there: each build has something to do.
            wanted = 1 - versions.index(now)
            title = ("Odeon", "Rialto")[wanted]
            write_title(site, title, text)
            extra = ["--clean"] if random.random() < 0.3 else []
            process = subprocess.Popen(command + extra, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            time.sleep(random.random() * seconds * 1.1)
            status = process.poll()
            step += 1
            finished += status is not None
            if status not in (None, 0):
                sys.exit(f"kill-builds: before kill {step} a build failed: {process.stderr.read()}")
            process.send_signal(signal.SIGKILL)
            process.communicate()
            before, now = now, manifest(os.path.join(site, "output"))
            if now not in versions:
                sys.exit(f"kill-builds: after kill {step} the site is a mixture ({title}, {extra})")
            if status == 0 and now != versions[wanted]:
                sys.exit(f"kill-builds: kill {step} came after the build, but its site is not there")
            changes += now != before
            shown[versions.index(now)] += 1
        for number, title in enumerate(("Odeon", "Rialto")):
            write_title(site, title, text)
            subprocess.run(command, check=True, capture_output=True)
            if manifest(os.path.join(site, "output")) != versions[number]:
                sys.exit("kill-builds: the build after the kills gives other bytes")
        print(
            f"{kills} kills of running builds, {finished} of finished ones: always one whole version ({shown[0]} times the one, "
            f"{shown[1]} the other, {changes} changes)")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
