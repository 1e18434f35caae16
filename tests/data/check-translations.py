#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: check-translations.py CHECKOUT

Every translation in po/LINGUAS has all messages of the files in po/POTFILES.in, none of them
fuzzy, and passes "msgfmt --check". A tool that is missing is a skip: exit status 77.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# What meson's i18n.gettext() gives to xgettext with the preset "glib"; its own target writes the
# template into the checkout, where a test has nothing to write.
GLIB = """
  --from-code=UTF-8 --add-comments
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2
  --keyword=g_dcgettext:2 --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3
  --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format
  --flag=g_dngettext:2:pass-c-format
  --flag=g_strdup_printf:1:c-format --flag=g_string_printf:2:c-format
  --flag=g_string_append_printf:2:c-format
  --flag=g_error_new:3:c-format --flag=g_set_error:4:c-format
  --flag=g_markup_printf_escaped:1:c-format --flag=g_log:3:c-format
  --flag=g_print:1:c-format --flag=g_printerr:1:c-format
  --flag=g_printf:1:c-format --flag=g_fprintf:2:c-format
  --flag=g_sprintf:2:c-format --flag=g_snprintf:3:c-format
""".split()


def skip(reason):
    print(reason)
    sys.exit(77)


def run(*command):
    """The ended process of a gettext tool, which speaks English; a fault of it is the caller's."""
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
    return subprocess.run(command, env=environment, capture_output=True, text=True,
                          encoding="utf-8")


def succeed(*command):
    process = run(*command)
    if process.returncode != 0:
        sys.exit(process.stderr)
    return process


def name_messages(text, fault):
    """One line for each message of TEXT, in the form of a .po: its place, FAULT and the message."""
    for entry in text.split("\n\n"):
        places = re.search(r"^#: (\S+)", entry, re.MULTILINE)
        message = re.search(r"^msgid ((?:\".*\"\n)+)", entry + "\n", re.MULTILINE)
        if places and message:
            words = "".join(line[1:-1] for line in message[1].splitlines())
            yield f"{places[1]}: {fault}: {words}"


def check(language, translation, template, folder):
    """The faults of one translation."""
    merged = str(folder / f"{language}.po")
    succeed("msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "--output-file", merged,
            str(translation), str(template))
    faults = []
    for choice, fault in [("--untranslated", "not translated"), ("--only-fuzzy", "fuzzy")]:
        text = succeed("msgattrib", choice, "--no-obsolete", "--no-wrap", merged).stdout
        faults += name_messages(text, f"{fault} in po/{language}.po")

    # A message that the template alone knows as a format has become fuzzy above where it differs.
    formats = run("msgfmt", "--check", "--output-file", os.devnull, str(translation))
    if formats.returncode != 0:
        faults.append(formats.stderr.replace(str(translation), f"po/{language}.po").rstrip("\n"))
    return faults


def main(root):
    for tool in "xgettext", "msgmerge", "msgattrib", "msgfmt":
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        template = folder / "undertone.pot"
        extraction = succeed("xgettext", "--package-name=undertone", "--directory", str(root),
                             "--files-from", str(root / "po" / "POTFILES.in"), *GLIB,
                             "--output", str(template))
        # Without the rules of GTK or AppStream these files are read as C, and look empty.
        if "is unknown; will try C" in extraction.stderr:
            skip("xgettext cannot read all kinds of files:\n" + extraction.stderr)
        print(extraction.stderr, end="")

        faults = []
        for line in (root / "po" / "LINGUAS").read_text(encoding="utf-8").splitlines():
            for language in line.split("#")[0].split():
                faults += check(language, root / "po" / f"{language}.po", template, folder)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
