#!/usr/bin/env python3
"""Golden dumps: each folder of cases/ holds a small source document, one feature a case, and what
`epitome dump` says of its document, pages and package. Of a package the golden holds what differs from that of the
case _base, file by file: what all packages share, style sheets too, stands once.

    run.py --program PATH             compares; exit 1 at the first differing stage of any case
    run.py --program PATH --update    writes the goldens anew; read the diff before committing it
"""
import argparse
import difflib
import pathlib
import subprocess
import sys

STAGES = ("document", "pages", "package")
BASE = "_base"


def package_files(text):
    """{path: lines} of a dumped package, in its order."""
    files = {}
    for line in text.splitlines():
        if line.startswith("=== "):
            files[line[4:]] = current = []
        else:
            current.append(line)
    return files


def without_base(text, base):
    """What a dumped package says that the base's does not: new files whole, of others the lines that differ."""
    files, out = package_files(text), []
    for path in base:
        if path not in files:
            out.append(f"=== {path}: not there")
    for path, lines in files.items():
        if path not in base:
            out += [f"=== {path}", *lines]
        elif lines != base[path]:
            changes = list(difflib.unified_diff(base[path], lines, lineterm="", n=0))[2:]
            out += [f"=== {path}: unlike _base", *("@@" if line.startswith("@@") else line for line in changes)]
    return "".join(line + "\n" for line in out)


def dump(program, source, stage):
    run = subprocess.run([program, "dump", str(source.name), f"--{stage}"], cwd=source.parent,
                         capture_output=True, text=True)
    return run.returncode, run.stdout, run.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("cases", nargs="*", help="names of cases; all if none is given")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    root = pathlib.Path(__file__).parent / "cases"
    names = arguments.cases or sorted(p.name for p in root.iterdir() if p.is_dir())
    base = package_files(dump(program, root / BASE / "source.xml", "package")[1])
    failed = compared = 0
    for name in names:
        source = root / name / "source.xml"
        for stage in STAGES:
            golden = root / name / f"{stage}.txt"
            status, text, messages = dump(program, source, stage)
            if stage == "package" and name != BASE:
                text = without_base(text, base)
            # Warnings are part of what a case shows.
            text += messages
            if status != 0:
                print(f"{name} {stage}: exit status {status}\n{messages}")
                failed += 1
                continue
            if arguments.update:
                golden.write_text(text, encoding="utf-8")
                continue
            compared += 1
            expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
            if text != expected:
                failed += 1
                print(f"{name} {stage}: differs")
                diff = difflib.unified_diff(expected.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=1)
                print("\n".join(list(diff)[:40]))
    if not arguments.update and compared < len(names) * len(STAGES) and not failed:
        failed = 1
    print(f"{compared - failed if compared else 0} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
