#!/usr/bin/env python3
"""A bucket on loopback that is read all the while: nobody sees files of two versions, and none that is not there."""

import json
import random
import shutil
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zlib

import cluster


class Reader(threading.Thread):
    """What browsers do: template.json, then the file that it leads to; once more from the start where that is gone."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address = address
        self.over = threading.Event()
        self.seen = {}
        self.troubles = []
        self.again = 0

    def load(self, name):
        with urllib.request.urlopen(f"{self.address}/{name}", timeout=20) as answer:
            return json.load(answer)

    def once(self, member):
        template = self.load("users/packed/template.json")
        file = self.load(f"users/packed/{template['folder']}{zlib.crc32(member.encode()) % template['shards']}.json")
        if member not in file["members"]:
            self.troubles.append(f"{member} is missing in {template['folder']}")
        return template["folder"], json.dumps(file["members"].get(member)) + json.dumps(file["texts"])

    def run(self):
        rng = random.Random(1)
        while not self.over.is_set():
            member = str(rng.randint(1, 500))
            try:
                try:
                    folder, content = self.once(member)
                except urllib.error.HTTPError:
                    if not self.seen:
                        # Nothing is published yet.
                        time.sleep(0.05)
                        continue
                    self.again += 1
                    folder, content = self.once(member)
                if self.seen.setdefault((folder, member), content) != content:
                    self.troubles.append(f"{member} changed within {folder}")
            except (urllib.error.HTTPError, ValueError) as error:
                self.troubles.append(f"{member}: {error}")


def main():
    from moto.server import ThreadedMotoServer

    folder = tempfile.mkdtemp(prefix="marquee-spark-")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    import os

    os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_EC2_METADATA_DISABLED="true")
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/films", method="PUT"), timeout=20)
    module = cluster.job()
    spark = cluster.session("local[2]")
    failures = []

    def expect(what, isTrue):
        print(f"{'ok' if isTrue else 'FAILED'}: {what}", flush=True)
        if not isTrue:
            failures.append(what)

    try:
        rng = random.Random(5)
        data = f"{folder}/data"
        cluster.write(f"{data}/movies.csv", "movieId,title,genres\n" + "".join(
            f"{film},Film {film} (1990),Drama\n" for film in range(1, 61)))
        reader = Reader(f"http://127.0.0.1:{port}/films/site")
        reader.start()
        options = ["--storage-option", f"endpoint_override=127.0.0.1:{port}", "--storage-option", "scheme=http",
                   "--storage-option", "region=us-east-1"]
        versions = []
        for version in range(3):
            lines = [f"{user},{film},{rng.randint(1, 10) / 2},{1_000_000_000 + user}"
                     for user in range(1, 501) for film in rng.sample(range(1, 61), 12)]
            cluster.write(f"{data}/ratings.csv", "userId,movieId,rating,timestamp\n" + "\n".join(lines) + "\n")
            work = cluster.run(spark, module, folder, f"{data}/ratings.csv", [f"{data}/movies.csv"], "s3://films/site", 4,
                               options)
            versions.append(work.folder)
            time.sleep(2)
        reader.over.set()
        reader.join()
        seen = [folder for folder in versions if any(place == folder for place, _ in reader.seen)]
        expect(f"every version was read ({len(reader.seen)} members' files, {reader.again} times again)", seen == versions)
        expect(f"nobody saw a mixture: {reader.troubles[:3]}", not reader.troubles)
        files, root = module.target("s3://films/site", dict(pair.split("=") for pair in options[1::2]))
        from pyarrow import fs

        names = [info.path for info in files.get_file_info(fs.FileSelector(f"{root}/users/packed", recursive=True))
                 if info.type == fs.FileType.File]
        made = work.facts["stages"]["members"]["files"]
        expect(f"the versions of before are gone: {len(names)} objects", len(names) == made + 1 and all(
            work.version in name or name.endswith("template.json") for name in names))
    finally:
        spark.stop()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
