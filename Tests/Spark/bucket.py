#!/usr/bin/env python3
"""A bucket on loopback that is read all the while: nobody sees files of two versions, and none that is not there."""

import json
import logging
import os
import random
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree
import zlib

import cluster


class Reader(threading.Thread):
    """What browsers do: template.json, then the file that it leads to; once more from the start where that is gone. And what
    tools do: list the bucket."""

    def __init__(self, root, path):
        super().__init__(daemon=True)
        self.root, self.address = root, f"{root}/{path}"
        self.over = threading.Event()
        self.seen = {}
        # Of each version how many files a list showed while it was the one to read, and how often it was listed.
        self.files, self.lists = {}, 0
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

    def listed(self):
        """The names of all objects under a path, in pages as a bucket gives them."""
        names, more = [], ""
        while True:
            bucket, _, prefix = self.address.removeprefix(self.root + "/").partition("/")
            with urllib.request.urlopen(
                    f"{self.root}/{bucket}?list-type=2&max-keys=1000&prefix={prefix}/users/packed/{more}", timeout=20) as answer:
                tree = xml.etree.ElementTree.parse(answer).getroot()
            space = tree.tag.partition("}")[0] + "}"
            names += [key.text.removeprefix(prefix + "/users/packed/") for key in tree.iter(space + "Key")]
            token = tree.find(space + "NextContinuationToken")
            if token is None:
                return names
            more = "&continuation-token=" + urllib.parse.quote(token.text)

    def list(self):
        """Whether a list shows all files of the version that is to be read, and always the same."""
        folder = self.load("users/packed/template.json")["folder"]
        names = sorted(name for name in self.listed() if name.startswith(folder))
        if self.load("users/packed/template.json")["folder"] != folder:
            return
        self.lists += 1
        if self.files.setdefault(folder, names) != names or not names:
            self.troubles.append(f"a list has {len(names)} files of {folder}, where it had {len(self.files[folder])}")

    def run(self):
        rng = random.Random(1)
        while not self.over.is_set():
            member = str(rng.randint(1, 500))
            try:
                try:
                    folder, content = self.once(member)
                except urllib.error.HTTPError as error:
                    if error.code != 404:
                        raise
                    if not self.seen:
                        # Nothing is published yet.
                        time.sleep(0.05)
                        continue
                    self.again += 1
                    folder, content = self.once(member)
                if self.seen.setdefault((folder, member), content) != content:
                    self.troubles.append(f"{member} changed within {folder}")
                self.list()
            except (urllib.error.HTTPError, ValueError) as error:
                self.troubles.append(f"{member}: {error}")
            except OSError:
                # The server was too busy to answer.
                time.sleep(0.05)


def check(test, port):
    folder, expect = test.folder, test.expect
    rng = random.Random(5)
    data = f"{folder}/data"
    cluster.write_films(data, range(1, 61))
    reader = Reader(f"http://127.0.0.1:{port}", "films/site")
    reader.start()
    options = ["--storage-option", f"endpoint_override=127.0.0.1:{port}", "--storage-option", "scheme=http",
               "--storage-option", "region=us-east-1"]
    versions = []
    for version in range(3):
        lines = [f"{user},{film},{rng.randint(1, 10) / 2},{1_000_000_000 + user}"
                 for user in range(1, 501) for film in rng.sample(range(1, 61), 12)]
        cluster.write_ratings(data, lines)
        work = test.run(f"{data}/ratings.csv", [f"{data}/movies.csv"], "s3://films/site", 4, options)
        versions.append(work.folder)
        time.sleep(2)
    reader.over.set()
    reader.join()
    seen = [folder for folder in versions if any(place == folder for place, _ in reader.seen)]
    expect(f"every version was read ({len(reader.seen)} members' files, {reader.again} times again)", seen == versions)
    expect(f"nobody saw a mixture, in {reader.lists} lists neither: {reader.troubles[:3]}", not reader.troubles)
    expect("lists showed every version", sorted(reader.files) == sorted(versions))
    files, root = test.module.target("s3://films/site", dict(pair.split("=") for pair in options[1::2]))
    from pyarrow import fs

    names = [info.path for info in files.get_file_info(fs.FileSelector(f"{root}/users/packed", recursive=True))
             if info.type == fs.FileType.File]
    made = work.facts["stages"]["members"]["files"]
    expect(f"the versions of before are gone: {len(names)} objects", len(names) == made + 1 and all(
        work.version in name or name.endswith("template.json") for name in names))


def main():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_EC2_METADATA_DISABLED="true")
    # A bucket that everybody may read, as websites have.
    policy = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:ListBucket"],
        "Resource": ["arn:aws:s3:::films", "arn:aws:s3:::films/*"]}]}
    for path, body in (("films", None), ("films?policy", json.dumps(policy).encode())):
        urllib.request.urlopen(urllib.request.Request(
            f"http://127.0.0.1:{port}/{path}", data=body, method="PUT", headers={"Content-Type": "application/json"}),
            timeout=20)
    try:
        with cluster.Trial("local[2]") as test:
            check(test, port)
    finally:
        server.stop()
    return test.status


if __name__ == "__main__":
    sys.exit(main())
