# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""The accessible tree of a program, read from the bus that screen readers use.

The window has some 1,700 accessibles. To ask for each of them by itself, and to wait for each answer, keeps the
program, the bus and this process busy for seconds, as libatspi does; so one call asks for what all of them
are, and the calls that ask how they hang together are under way at once, level by level.
"""

import types

from gi.repository import Atspi, Gio, GLib

ACCESSIBLE = "org.a11y.atspi.Accessible"
TEXT = "org.a11y.atspi.Text"
EDITABLE_TEXT = "org.a11y.atspi.EditableText"
VALUE = "org.a11y.atspi.Value"
PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"
TIMEOUT_MS = 30000  # of a call; a busy program answers late
N_TRIES = 20  # to read a tree from which nothing goes meanwhile
ALL_OF_IT = GLib.Variant("(ii)", (0, 0x7fffffff))  # of a text: from its begin to its end at most


def path_of(item):
    """The path of the accessible that an item of a program's cache is about."""
    return item.get_child_value(0).get_child_value(1).get_string()


class Node:
    """An accessible. Its name and role (and text, if that was wished for) are those of the moment the tree was read;
    for what a method returns, the program is asked anew."""

    def __init__(self, tree, path, parent, item):
        """@item: what the cache of the program says of it."""
        self.tree, self.path, self.parent = tree, path, parent
        self.depth = parent.depth + 1 if parent else 0
        self.interfaces = item.get_child_value(5).get_strv()
        self.text = None
        self.name = item.get_child_value(6).get_string()
        self.role = Atspi.role_get_name(Atspi.Role(item.get_child_value(7).get_uint32()))

    def call(self, interface, method, arguments=None):
        return self.tree.call(self.path, interface, method, arguments)

    def get(self, interface, name):
        return self.call(PROPERTIES, "Get", GLib.Variant("(ss)", (interface, name)))[0]

    def has(self, state):
        """Whether it has @state, an Atspi.StateType."""
        low, high = self.call(ACCESSIBLE, "GetState")[0]
        return bool((low | high << 32) >> int(state) & 1)

    def get_description(self):
        return self.get(ACCESSIBLE, "Description")

    def get_text(self):
        return self.call(TEXT, "GetText", ALL_OF_IT)[0]

    def get_length(self):
        """The number of characters of its text."""
        return self.get(TEXT, "CharacterCount")

    def get_caret(self):
        return self.get(TEXT, "CaretOffset")

    def set_text(self, text):
        self.call(EDITABLE_TEXT, "SetTextContents", GLib.Variant("(s)", (text,)))

    def get_value(self):
        return self.get(VALUE, "CurrentValue")

    def set_value(self, value):
        self.call(PROPERTIES, "Set", GLib.Variant("(ssv)", (VALUE, "CurrentValue", GLib.Variant("d", value))))

    def act(self):
        """Does its first action: a button is clicked."""
        self.call("org.a11y.atspi.Action", "DoAction", GLib.Variant("(i)", (0,)))

    def get_extents(self):
        """Where it is in its window: x, y, width, height."""
        place = self.call("org.a11y.atspi.Component", "GetExtents",
                          GLib.Variant("(u)", (int(Atspi.CoordType.WINDOW),)))[0]
        return types.SimpleNamespace(**dict(zip(("x", "y", "width", "height"), place)))


class Tree:
    """All accessibles of a program. Calls raise a GLib.Error if an object is not there (any more)."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                    Gio.DBusCallFlags.NONE, TIMEOUT_MS, None).unpack()[0]
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.program = None  # its name on the bus

    def find_program(self, process_id):
        """Whether the program is on the bus. It has to be before its tree is read."""
        for name, _ in self._call("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren")[0]:
            if self._call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)))[0] == process_id:
                self.program = name
        return self.program is not None

    def _call(self, name, path, interface, method, arguments=None):
        return self.bus.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                  TIMEOUT_MS, None).unpack()

    def call(self, path, interface, method, arguments=None):
        """The values that the object at @path answers."""
        return self._call(self.program, path, interface, method, arguments)

    def call_all(self, paths, interface, method, arguments=None):
        """The answers of the objects at @paths, which are all asked before the first one answers."""
        answers = {}

        def take(bus, result, path):
            try:
                answers[path] = bus.call_finish(result)
            except GLib.Error as error:
                answers[path] = error

        for path in paths:
            self.bus.call(self.program, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                          TIMEOUT_MS, None, take, path)
        while len(answers) < len(paths):
            GLib.MainContext.default().iteration(True)
        for answer in answers.values():
            if isinstance(answer, GLib.Error):
                raise answer
        return [answers[path].unpack()[0] for path in paths]

    def read(self, top=None, with_text=()):
        """The nodes below the node @top, or all, each before those below it. Hidden ones are left out; but GTK 4.8
        tells of windows alone whether they are on the screen, so the pages of a stack that do not show are there.
        The object that stands between a stack and a page, as a panel, is left out. Nodes of the roles @with_text
        have their text."""
        for n_left in reversed(range(N_TRIES)):
            try:
                nodes = self._read(top)
                self._read_texts(node for node in nodes if node.role in with_text)
                return nodes
            except GLib.Error as error:  # mostly of an object that has just gone
                if n_left == 0 or error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.TIMED_OUT):
                    raise

    def _read(self, top):
        def may_have_children(item):
            # The cache knows only what was asked for once, and says of the root that nothing is below it.
            return item is None or path_of(item) == ROOT or item.get_child_value(4).get_int32() > 0

        items = self._read_cache()
        children = {}
        begin = top.path if top else ROOT
        level = [begin]
        while level:
            level = [path for path in level if may_have_children(items.get(path))]
            for path, answer in zip(level, self.call_all(level, ACCESSIBLE, "GetChildren")):
                children[path] = [child for _, child in answer]
            level = [child for path in level for child in children[path]]
        found = {path for below in children.values() for path in below}
        if not found <= items.keys():
            items = self._read_cache()
        if not found <= items.keys():
            raise GLib.Error("an object has gone while the tree was read")

        def collect(path, parent):
            for child in children.get(path, ()):
                node = Node(self, child, parent, items[child])
                yield node
                yield from collect(child, node)

        return list(collect(begin, top))

    def _read_texts(self, nodes):
        nodes = [node for node in nodes if TEXT in node.interfaces]
        for node, text in zip(nodes, self.call_all([node.path for node in nodes], TEXT, "GetText", ALL_OF_IT)):
            node.text = text

    def _read_cache(self):
        answer = self.bus.call_sync(self.program, CACHE, "org.a11y.atspi.Cache", "GetItems", None, None,
                                    Gio.DBusCallFlags.NONE, TIMEOUT_MS, None).get_child_value(0)
        items = (answer.get_child_value(index) for index in range(answer.n_children()))
        return {path_of(item): item for item in items}
