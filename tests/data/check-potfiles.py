#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: check-potfiles.py CHECKOUT

po/POTFILES.in lists exactly the files with something to translate, in order, and every translation
in po/LINGUAS is there.
"""

import pathlib
import re
import sys

MARKS = {
    ".c": re.compile(r"\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\("),
    ".h": re.compile(r"\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\("),
    ".ui": re.compile(r"\btranslatable=\"(?:yes|true)\""),
    ".desktop.in": re.compile(r"^Name=", re.MULTILINE),
    ".metainfo.xml.in": re.compile(r"<name>"),
}


def entries(path):
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def main(root):
    wanted = []
    for folder in ("data", "src", "ui"):
        for path in (root / folder).rglob("*"):
            for suffix, mark in MARKS.items():
                if path.name.endswith(suffix) and mark.search(path.read_text(encoding="utf-8")):
                    wanted.append(path.relative_to(root).as_posix())
    wanted.sort()

    faults = []
    listed = entries(root / "po" / "POTFILES.in")
    faults += [f"po/POTFILES.in: {name} is missing" for name in wanted if name not in listed]
    faults += [f"po/POTFILES.in: {name} has nothing to translate or is not there"
               for name in listed if name not in wanted]
    if listed != sorted(listed):
        faults.append("po/POTFILES.in: not sorted")
    faults += [f"po/LINGUAS: po/{language}.po is not there"
               for language in entries(root / "po" / "LINGUAS")
               if not (root / "po" / f"{language}.po").is_file()]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
