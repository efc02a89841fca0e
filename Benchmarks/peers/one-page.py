#!/usr/bin/env python3
# The cost of one change, compared with Hugo: on the sites of pages.py, the same machine, the same disk, interleaved runs.
#
#   Benchmarks/peers/one-page.py [pages]...      default: 10000 50000
#
# Hugo: one Markdown file of a film was edited, and nothing was. Marquee: one new rating (rebuild: quick), one page of words was
# edited, the template of the films was, and nothing was. Each is the whole command; REPEATS says how often (3). Prints seconds, processor
# seconds and how many files were written.
import json, os, random, shutil, statistics, sys, tempfile

import pages

repeats = int(os.environ.get("REPEATS", "3"))


def append(path, text):
    with open(path, "a") as file:
        file.write(text)


def main():
    if not shutil.which("hugo"):
        print("hugo is not installed (apt-get install hugo): left out")
        return
    random.seed(1)
    for size in [int(word) for word in sys.argv[1:]] or [10_000, 50_000]:
        folder = tempfile.mkdtemp(prefix="one-page-", dir=os.environ.get("PAGES_FOLDER"))
        try:
            site, hugo = pages.prepare(folder, size)
            append(os.path.join(site, "content/site.yaml"), "rebuild: quick\n")
            report = os.path.join(folder, "report.json")
            build = [pages.marquee, "build", "--report", report]
            with open(os.path.join(folder, "data/movies.csv")) as file:
                known = [line.split(",")[0] for line in file][1:]

            def rating(step):
                append(os.path.join(folder, "data/ratings.csv"), f"{step + 1},{random.choice(known)},5.0,1600000000\n")

            # Twice: then both of the folders that take turns hold the site.
            for step in range(2):
                rating(step + 100)
                append(os.path.join(site, "content/pages/about.md"), f"\nFirst {step}.\n")
                pages.run(build, site)
            pages.run(["hugo", "--quiet"], hugo)
            films = sorted(os.listdir(os.path.join(hugo, "content/movies")))

            def film(step):
                path = os.path.join(hugo, "content/movies", films[step * 7 % len(films)])
                with open(path) as file:
                    page = json.load(file)
                page["count"] += "."
                with open(path, "w") as file:
                    json.dump(page, file)

            cases = [
                ("Hugo: nothing", lambda step: None, ["hugo", "--quiet"], hugo),
                ("Hugo: one film", film, ["hugo", "--quiet"], hugo),
                ("Marquee: nothing", lambda step: None, build, site),
                ("Marquee: one page of words",
                 lambda step: append(os.path.join(site, "content/pages/about.md"), f"\nMore {step}.\n"), build, site),
                ("Marquee: one rating", rating, build, site),
                ("Marquee: the films' template",
                 lambda step: append(os.path.join(site, "site-templates/movie.mustache"), f"<!-- {step} -->\n"), build, site),
            ]
            figures = {name: [] for name, *_ in cases}
            written = {}
            for step in range(repeats):
                for name, change, command, place in cases:
                    change(step)
                    figures[name].append(pages.run(command, place))
                    if command is build:
                        with open(report) as file:
                            written[name] = json.load(file)["pages"]["written"]
            print(f"\n{size} films, median of {repeats}\n\n| what changed | seconds | CPU s | files written |\n|---|---:|---:|---:|")
            for name, *_ in cases:
                seconds, cpu, _ = (statistics.median(column) for column in zip(*figures[name]))
                print(f"| {name} | {seconds:.2f} | {cpu:.2f} | {written.get(name, 'all')} |")
        finally:
            shutil.rmtree(folder, ignore_errors=True)


main()
