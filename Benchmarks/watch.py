#!/usr/bin/env python3
# How long `marquee serve --watch` takes from a saved file to what a browser shows, on the sample.
#
#   Benchmarks/watch.py [repeats]            default: 20; CONTENT=folder takes another site's content
#
# In turns a template, a text, a style sheet and a page of words are saved. "served": until the page with the change can be fetched;
# "shown": until Chromium (through chromedriver) has loaded it again by itself. Milliseconds: median, and nine of ten are below the other.
import json, os, re, shutil, statistics, subprocess, sys, tempfile, time, urllib.request

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
marquee = os.environ.get("MARQUEE", os.path.join(root, ".build/release/marquee"))
repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 20


class Driver:
    def __init__(self, port):
        self.process = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                self.get("/status")
                break
            except OSError:
                time.sleep(0.1)
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"]}
        answer = self.post("/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self.base += "/session/" + answer["sessionId"]

    def get(self, path):
        with urllib.request.urlopen(self.base + path) as answer:
            return json.load(answer)["value"]

    def post(self, path, body):
        request = urllib.request.Request(self.base + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["value"]

    def evaluate(self, script):
        return self.post("/execute/sync", {"script": script, "args": []})

    def quit(self):
        try:
            urllib.request.urlopen(urllib.request.Request(self.base, method="DELETE"))
        finally:
            self.process.terminate()
            self.process.wait()


def fetch(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


def main():
    folder = tempfile.mkdtemp(prefix="watch-")
    server = driver = None
    try:
        shutil.copytree(os.environ.get("CONTENT", os.path.join(root, "content")), os.path.join(folder, "content"))
        os.makedirs(os.path.join(folder, "site-templates/texts"))
        os.makedirs(os.path.join(folder, "site-templates/assets"))
        subprocess.run([marquee, "build", "--site", folder, "--quality", "quick"], check=True, capture_output=True)
        server = subprocess.Popen(
            [marquee, "serve", "--watch", "--quality", "quick", "--site", folder, "--port", "0"], stderr=subprocess.PIPE, text=True)
        address = re.search(r"at (http://\S+)/", server.stderr.readline()).group(1)
        with open(os.path.join(root, "site-templates/page.mustache")) as file:
            template = file.read()
        with open(os.path.join(folder, "content/pages/about.md")) as file:
            words = file.read()
        with open(os.path.join(root, "site-templates/assets/style.css")) as file:
            style = file.read()
        kinds = {
            "template": ("site-templates/page.mustache", lambda mark: template.replace("{{$content}}", "{{$content}}<!-- %s -->" % mark)),
            "text": ("site-templates/texts/en.yaml", lambda mark: f"nav:\n  skip: {mark}\n"),
            "page of words": ("content/pages/about.md", lambda mark: words + f"\n{mark}\n"),
            "style sheet": ("site-templates/assets/style.css", lambda mark: style + f"\n/* {mark} */\n"),
        }
        driver = Driver(int(os.environ.get("DRIVER_PORT", "21599")))
        driver.post("/url", {"url": address + "/about/"})
        while not driver.evaluate("return document.querySelector('h1') && document.readyState === 'complete'"):
            time.sleep(0.1)
        time.sleep(2)
        print(f"| saved | served, ms | 9 of 10 | shown, ms | 9 of 10 |\n|---|---:|---:|---:|---:|")
        for name, (path, content) in kinds.items():
            served, shown = [], []
            for step in range(repeats):
                # Quiet long enough for the build that follows an edit, so that every edit meets a server at rest.
                time.sleep(3)
                before = driver.evaluate("return document.querySelector('script[data-tag]').dataset.tag")
                mark = f"mark{step}{name[0]}"
                start = time.time()
                with open(os.path.join(folder, path), "w") as file:
                    file.write(content(mark))
                while json.loads(fetch(address + "/_watch/state?path=/about/"))["tag"] == before:
                    time.sleep(0.001)
                served.append((time.time() - start) * 1000)
                while True:
                    try:
                        loaded = driver.evaluate(
                            f"return document.querySelector('script[data-tag]').dataset.tag !== '{before}' && document.readyState === "
                            "'complete' && performance.timing.domContentLoadedEventEnd")
                        if loaded:
                            break
                    except urllib.error.HTTPError:
                        pass
                    time.sleep(0.005)
                shown.append(loaded - start * 1000)
            row = [f"{statistics.median(values):.0f} | {sorted(values)[int(len(values) * 0.9)]:.0f}" for values in (served, shown)]
            print(f"| {name} | {row[0]} | {row[1]} |", flush=True)
    finally:
        if driver:
            driver.quit()
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


main()
