#!/usr/bin/env python3
# Movie pages of about 5 kB from data, compared with Hugo: the same facts, the same machine, the same disk, interleaved runs.
#
#   Benchmarks/peers/pages.py [pages]...      default: 10000 50000
#
# Marquee's time is the whole command with the models trained already: reading its results, rendering every page, the JSON beside
# each and the other pages of a site, and publishing. Hugo's is the whole command on one Markdown file with JSON front matter
# for each movie. PAGES_FOLDER says where (default: the system's temporary folder); REPEATS how often (3).
import json, os, resource, shutil, statistics, subprocess, sys, tempfile, time

from figures import record

marquee = os.environ.get("MARQUEE", os.path.join(os.getcwd(), ".build/release/marquee"))
repeats = int(os.environ.get("REPEATS", "3"))
sizes = [int(word) for word in sys.argv[1:]] or [10_000, 50_000]

MOVIE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{heading}</title><meta name="description" content="{heading}"></head>
<body>
<main>
<h1>{heading}</h1>
<p>{year}{genres}</p>
<p>{mean} of 5 from {count}</p>
<ul>
{similar}
</ul>
</main>
</body>
</html>
"""
MARQUEE_TEMPLATE = MOVIE.format(
    heading="{{heading}}", year="{{year}}", genres="{{#genres}} {{title}}{{/genres}}", mean="{{mean}}", count="{{count}}",
    similar='{{#groups}}{{#movies}}\n<li class="card"><a class="poster" href="{{root}}{{movie.path}}"><span class="title">{{movie.title}}</span> '
    '<span class="year">{{movie.year}}</span> <span class="genre">{{movie.genre}}</span></a> <p class="quiet">{{note}}</p></li>\n{{/movies}}{{/groups}}')
HUGO_TEMPLATE = MOVIE.format(
    heading="{{ .Title }}", year="{{ .Params.year }}", genres="{{ range .Params.genres }} {{ . }}{{ end }}", mean="{{ .Params.mean }}",
    count="{{ .Params.count }}",
    similar='{{ range .Params.similar }}\n<li class="card"><a class="poster" href="../../{{ .path }}"><span class="title">{{ .title }}</span> '
    '<span class="year">{{ .year }}</span> <span class="genre">{{ .genre }}</span></a> <p class="quiet">{{ .note }}</p></li>\n{{ end }}')


# A process counts the memory of the one that started it as its own: this small one is in between.
LAUNCHER = """
import json, os, sys, time
start = time.monotonic()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, usage = os.wait4(pid, 0)
print(json.dumps([status, time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6]))
"""


def run(command, folder):
    """Seconds, processor seconds and peak megabytes of a command."""
    answer = subprocess.run([sys.executable, "-S", "-E", "-c", LAUNCHER, *command], cwd=folder, capture_output=True, text=True)
    status, *figures = json.loads(answer.stdout or "[1]")
    if status:
        sys.exit(f"pages: {' '.join(command)} failed: {answer.stderr[-2000:]}")
    return tuple(figures)


def prepare(folder, pages):
    site, hugo = os.path.join(folder, "site"), os.path.join(folder, "hugo")
    run([marquee, "synthesize", "data", "--users", "300", "--movies", str(pages), "--ratings", str(pages * 6)], folder)
    os.makedirs(os.path.join(site, "content/pages"))
    os.makedirs(os.path.join(site, "site-templates"))
    with open(os.path.join(site, "content/site.yaml"), "w") as file:
        file.write("title: Films\nquality: quick\ndata: [../../data]\n")
    with open(os.path.join(site, "content/pages/about.md"), "w") as file:
        file.write("Words.\n")
    with open(os.path.join(site, "site-templates/movie.mustache"), "w") as file:
        file.write(MARQUEE_TEMPLATE)
    run([marquee, "build"], site)
    os.makedirs(os.path.join(hugo, "content/movies"))
    os.makedirs(os.path.join(hugo, "layouts/_default"))
    with open(os.path.join(hugo, "config.json"), "w") as file:
        json.dump({"baseURL": "https://example.org/", "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "section"]}, file)
    for name, text in ("single", HUGO_TEMPLATE), ("list", "<!DOCTYPE html><title>Films</title>"):
        with open(os.path.join(hugo, f"layouts/_default/{name}.html"), "w") as file:
            file.write(text)
    movies = {}
    api = os.path.join(site, "output/api/movies")
    for name in os.listdir(api):
        with open(os.path.join(api, name)) as file:
            movies[name] = json.load(file)
    facts = {movie["id"]: movie for movie in movies.values()}
    for name, movie in movies.items():
        rated = movie["ratings"]
        page = {
            "title": movie["title"], "year": movie["year"], "genres": movie["genres"], "mean": round(rated["mean"] or 0, 1),
            "count": f"{rated['count']} ratings",
            "similar": [
                {"path": f"movies/{other['id']}/", "title": other["title"], "year": facts[other["id"]]["year"],
                 "genre": (facts[other["id"]]["genres"] or [""])[0], "note": other.get("reason", "")}
                for other in movie["similar"]],
        }
        with open(os.path.join(hugo, "content/movies", name.replace(".json", ".md")), "w") as file:
            json.dump(page, file)
    return site, hugo


def mean_size(folder, parts):
    sizes = [os.path.getsize(os.path.join(folder, name, "index.html")) for name in sorted(os.listdir(folder))[:500]
             if os.path.isfile(os.path.join(folder, name, "index.html")) and name != parts]
    return statistics.mean(sizes)


def row(name, pages, figures):
    seconds, cpu, peak = (statistics.median(column) for column in zip(*figures))
    print(f"| {name} | {seconds:.2f} | {cpu:.2f} | {pages / seconds:,.0f} | {peak:,.0f} |")
    return pages / seconds, peak


def main():
    if not shutil.which("hugo"):
        print("hugo is not installed (apt-get install hugo): left out")
        return
    print(subprocess.run(["hugo", "version"], capture_output=True, text=True).stdout.strip())
    for pages in sizes:
        folder = tempfile.mkdtemp(prefix="pages-", dir=os.environ.get("PAGES_FOLDER"))
        try:
            site, hugo = prepare(folder, pages)
            ours, theirs = [], []
            for _ in range(repeats):
                for path in os.path.join(site, "output"), os.path.join(site, ".output.next"), os.path.join(hugo, "public"):
                    shutil.rmtree(path, ignore_errors=True)
                ours.append(run([marquee, "build"], site))
                theirs.append(run(["hugo", "--quiet"], hugo))
            print(f"\n{pages} movie pages of {mean_size(site + '/output/movies', 'page'):.0f} bytes "
                  f"(Hugo: {mean_size(hugo + '/public/movies', 'page'):.0f}), median of {repeats}\n")
            print("| | seconds | CPU seconds | movie pages a second | peak MB |\n|---|---:|---:|---:|---:|")
            us, them = row("Marquee, everything", pages, ours), row("Hugo, everything", pages, theirs)
            record(f"pages-{pages}", us[0], them[0], "Hugo", "pages a second", marquee_mb=us[1], peer_mb=them[1])
            print(f"| ratio | | | {us[0] / them[0]:.1f} | {us[1] / them[1]:.2f} |")
            again = []
            for step in range(repeats):
                with open(os.path.join(site, "content/pages/about.md"), "w") as file:
                    file.write(f"Words {step}.\n")
                again.append(run([marquee, "build"], site))
            row("Marquee, one page edited", pages, again)
            name = sorted(os.listdir(hugo + "/content/movies"))[0]
            again = []
            for step in range(repeats):
                with open(os.path.join(hugo, "content/movies", name), "a") as file:
                    file.write("\nMore.\n")
                again.append(run(["hugo", "--quiet"], hugo))
            row("Hugo, one page edited", pages, again)
            row("Marquee, nothing edited", pages, [run([marquee, "build"], site) for _ in range(repeats)])
            row("Hugo, nothing edited", pages, [run(["hugo", "--quiet"], hugo) for _ in range(repeats)])
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
