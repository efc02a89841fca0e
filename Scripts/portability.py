#!/usr/bin/env python3
"""Type-checks every module as if it were compiled where it is not: with musl's C library, and as on macOS.

    Scripts/portability.py                  both, all modules
    Scripts/portability.py darwin Ingest    one of them, some modules

It needs the debug build (`swift build`), whose flags and modules it uses. The conditions of the sources are turned in a copy (`canImport(Glibc)` is false,
`os(Linux)` is false on macOS, …) and the other C library is Glibc under its name: so what no branch imports, what is called by a name that is not
there, and a branch that does not compile are found. What is not found is what Glibc has and the other library has not, or has with another type;
what only the other one has is accepted by name (ONLY_THERE), and nothing is linked or run.
"""
import json, os, pathlib, re, shlex, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORLDS = {
    "musl": ("Musl", {"canImport(Glibc)": "false", "canImport(Darwin)": "false", "canImport(Musl)": "true"}),
    "darwin": ("Darwin", {"canImport(Glibc)": "false", "canImport(Musl)": "false", "canImport(Darwin)": "true",
                          "canImport(FoundationEssentials)": "false", "os(Linux)": "false", "os(macOS)": "true",
                          "arch(x86_64)": "false", "arch(arm64)": "true"}),
}
# What the sources use of the other library in its own branch, and Glibc has not or has with another type.
ONLY_THERE = {"musl": ["__rlimit_resource"], "darwin": ["__rlimit_resource", "st_mtimespec", "st_ctimespec"]}
# Of a compiler's call these go, with as many words behind them.
DROPPED = {"-emit-dependencies": 0, "-emit-module": 0, "-emit-module-path": 1, "-output-file-map": 1, "-incremental": 0, "-c": 0,
           "-enable-batch-mode": 0, "-serialize-diagnostics": 0, "-index-store-path": 1, "-parseable-output": 0, "-emit-objc-header": 0,
           "-emit-objc-header-path": 1, "-enable-testing": 0, "-module-cache-path": 1, "-g": 0, "-j1": 0, "-j2": 0, "-static": 0}


def compilations():
    """For each module its sources and the words of its compilation."""
    manifest = (ROOT / ".build/debug.yaml").read_text()
    for block in re.finditer(r'(?m)^  "C\.(\w+)-[^"\n]*-debug\.module":\n((?:    .*\n)+)', manifest):
        inputs, words = (json.loads(re.search(rf"(?m)^    {key}: (\[.*\])$", block[2])[1]) for key in ("inputs", "args"))
        sources = [pathlib.Path(path) for path in inputs if path.endswith(".swift")]
        if sources and sources[0].is_relative_to(ROOT / "Sources"):
            yield block[1], sources, words


def turned(text, conditions):
    def line(match):
        text = match[0]
        for condition, value in conditions.items():
            text = text.replace(condition, value)
        return text
    return re.sub(r"(?m)^ *#(?:else)?if .*$", line, text)


def main():
    words = sys.argv[1:]
    worlds = [word for word in words if word in WORLDS] or list(WORLDS)
    names = {word for word in words if word not in WORLDS}
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for world in worlds:
            library, conditions = WORLDS[world]
            stubs = folder / world / "stubs"
            stubs.mkdir(parents=True)
            (stubs / "stub.swift").write_text("@_exported import Glibc\n")
            subprocess.run(["swiftc", "-emit-module", "-parse-as-library", "-module-name", library, "-emit-module-path",
                            stubs / f"{library}.swiftmodule", stubs / "stub.swift"], check=True)
            checked = 0
            for module, sources, call in compilations():
                texts = {source: source.read_text() for source in sources}
                if names and module not in names: continue
                copies = {source: turned(text, conditions) for source, text in texts.items()}
                if copies == texts: continue
                paths = []
                for source, text in copies.items():
                    path = folder / world / source.relative_to(ROOT)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text)
                    paths.append(path)
                arguments = []
                rest = iter(call[1:])
                for word in rest:
                    if word in ("-Xcc", "-Xfrontend"):
                        arguments += [word, next(rest)]
                    elif word in DROPPED:
                        for _ in range(DROPPED[word]): next(rest)
                    elif not word.startswith("@"):
                        arguments.append(word)
                result = subprocess.run(["swiftc", "-typecheck", *arguments, "-I", stubs, "-module-cache-path", folder / "cache", *paths],
                                        capture_output=True, text=True)
                only = ONLY_THERE.get(world, [])
                errors = sorted({line.replace(f"{folder / world}/", "") for line in result.stderr.splitlines()
                                 if ": error: " in line and line.startswith("/") and not any(name in line for name in only)})
                checked += 1
                failures += len(errors)
                for error in errors: print(f"{world}: {error}")
                others = [line for line in result.stderr.splitlines() if re.match(r"(<unknown>:0: )?error: ", line)]
                if result.returncode and (others or "error: " not in result.stderr):
                    failures += 1
                    print(f"{world}: {module}: {(others or [result.stderr[-2000:]])[0]}")
            print(f"{world}: {checked} modules with conditions type-checked")
    sys.exit(1 if failures else 0)


main()
