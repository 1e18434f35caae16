# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Drives the real program as a screen reader and a keyboard do.

A test runs inside `dbus-run-session -- xvfb-run`; the program gets folders of its own. There is no window
manager, so the window is given the keyboard by hand before keys are pressed.
"""

import ctypes
import os
import pathlib
import subprocess
import sys
import threading
import time

# The warnings that are fatal are the program's. This process speaks through libraries of its own, which
# warn where the program is not listening yet, so it has to let go of the wish before it loads them.
PROGRAM_ENVIRONMENT = dict(os.environ)
os.environ.pop("G_DEBUG", None)

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

from accessible import Tree  # noqa: E402

APP_ID = "io.github.undertone.Undertone"
APP_PATH = "/" + APP_ID.replace(".", "/")
PATIENCE = 120  # seconds, for anything that is to happen on a busy machine
PAUSES = 0.01, 0.1  # seconds, the first and the longest one between two looks that take less
SHADOW = 60  # pixels at most, which a window without a window manager draws within its size
LABELS = "label", "static"  # roles of what has its text for a name
MESSAGES = "status bar", "notification", "alert"  # and of what is announced by another name


class Keyboard:
    """Presses keys through XTest."""

    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        self.xtst = ctypes.CDLL("libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        for name in ("XKeysymToKeycode", "XStringToKeysym", "XDefaultRootWindow"):
            getattr(self.x, name).restype = ctypes.c_ulong
        self.x.XKeysymToKeycode.restype = ctypes.c_ubyte
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))

    def focus(self, title=None):
        """Gives the keyboard to the largest window, which is the program's, or to the one called @title."""
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        children = ctypes.POINTER(ctypes.c_ulong)()
        count = ctypes.c_uint()
        top = ctypes.c_ulong(self.x.XDefaultRootWindow(self.display))
        self.x.XQueryTree(self.display, top, ctypes.byref(root), ctypes.byref(parent),
                          ctypes.byref(children), ctypes.byref(count))

        def area(window):
            x, y = ctypes.c_int(), ctypes.c_int()
            width, height = ctypes.c_uint(), ctypes.c_uint()
            border, depth = ctypes.c_uint(), ctypes.c_uint()
            self.x.XGetGeometry(self.display, ctypes.c_ulong(window), ctypes.byref(root),
                                ctypes.byref(x), ctypes.byref(y), ctypes.byref(width),
                                ctypes.byref(height), ctypes.byref(border), ctypes.byref(depth))
            return width.value * height.value

        def is_meant(window):
            name = ctypes.c_char_p()
            self.x.XFetchName(self.display, ctypes.c_ulong(window), ctypes.byref(name))
            return title is None or name.value == title.encode()

        windows = [window for window in (children[i] for i in range(count.value)) if is_meant(window)]
        self.x.XSetInputFocus(self.display, ctypes.c_ulong(max(windows, key=area)), 1, 0)
        self.hand_over()

    def leave(self):
        """Takes the keyboard from every window, as if the person worked elsewhere."""
        self.x.XSetInputFocus(self.display, ctypes.c_ulong(0), 0, 0)
        self.hand_over()

    def hand_over(self, pause=0.02):
        """Returns when the display has handed over what it was asked for: by the second answer it has turned
        its loop once. The program gets a moment to deal with it."""
        self.x.XSync(self.display, 0)
        self.x.XSync(self.display, 0)
        time.sleep(pause)

    def press(self, *names, pause=0.02):
        """press("Control_L", "n"): all down in order, then up."""
        codes = [self.x.XKeysymToKeycode(self.display,
                                         ctypes.c_ulong(self.x.XStringToKeysym(name.encode())))
                 for name in names]
        for code, down in [(c, 1) for c in codes] + [(c, 0) for c in reversed(codes)]:
            self.xtst.XTestFakeKeyEvent(self.display, ctypes.c_uint(code), down, 0)
        self.hand_over(pause)


class Pointer:
    """Moves the pointer and presses its buttons, on the screen of a Keyboard."""

    LEFT = 1
    WHEEL_UP = 4
    WHEEL_DOWN = 5

    def __init__(self, keyboard):
        self.x, self.xtst, self.display = keyboard.x, keyboard.xtst, keyboard.display

    def move(self, x, y):
        self.xtst.XTestFakeMotionEvent(self.display, -1, x, y, ctypes.c_ulong(0))
        self.x.XSync(self.display, 0)

    def hold(self, button, down):
        self.xtst.XTestFakeButtonEvent(self.display, ctypes.c_uint(button), down, ctypes.c_ulong(0))
        self.x.XSync(self.display, 0)

    def click(self, button):
        self.hold(button, True)
        self.hold(button, False)


class Notifications:
    """The service that shows notifications, on a bus that has none: keeps what it is told."""

    NAME = "org.freedesktop.Notifications"
    PATH = "/org/freedesktop/Notifications"
    INTERFACE = f"""<node><interface name="{NAME}">
      <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
        <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
        <arg type="as" direction="in"/><arg type="a{{sv}}" direction="in"/>
        <arg type="i" direction="in"/><arg type="u" direction="out"/></method>
      <method name="CloseNotification"><arg type="u" direction="in"/></method>
      <method name="GetCapabilities"><arg type="as" direction="out"/></method>
      <method name="GetServerInformation"><arg type="s" direction="out"/>
        <arg type="s" direction="out"/><arg type="s" direction="out"/>
        <arg type="s" direction="out"/></method>
      </interface></node>"""

    def __init__(self):
        self.shown = {}  # id: (title, body); what is taken back stays
        self.bus = None
        ready = threading.Event()
        threading.Thread(target=self._serve, args=(ready,), daemon=True).start()
        ready.wait(PATIENCE)

    def _serve(self, ready):
        # The test itself turns no main loop, so the service has one of its own.
        context = GLib.MainContext.new()
        context.push_thread_default()
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        interface = Gio.DBusNodeInfo.new_for_xml(self.INTERFACE).interfaces[0]
        self.bus.register_object(self.PATH, interface, self._answer, None, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                           "RequestName", GLib.Variant("(su)", (self.NAME, 0)), None,
                           Gio.DBusCallFlags.NONE, -1, None)
        ready.set()
        GLib.MainLoop.new(context, False).run()

    def _answer(self, bus, sender, path, interface, method, parameters, invocation):
        answer = None
        if method == "Notify":
            fields = parameters.unpack()
            number = len(self.shown) + 1
            self.shown[number] = (fields[3], fields[4])
            answer = GLib.Variant("(u)", (number,))
        elif method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body"],))
        elif method == "GetServerInformation":
            answer = GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))
        invocation.return_value(answer)

    def click(self, number):
        """Does what a click on the notification does."""
        self.bus.emit_signal(None, self.PATH, self.NAME, "ActionInvoked",
                             GLib.Variant("(us)", (number, "default")))
        self.bus.flush_sync(None)


class Program:
    """The running program, its accessible tree and its actions."""

    notifications = None  # what it is told stays for all programs of a test

    def __init__(self, home, environment=(), arguments=()):
        home = pathlib.Path(home)
        env = {**PROGRAM_ENVIRONMENT, **dict(environment)}
        for folder in ("config", "data", "cache", "state", "runtime"):
            (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        env.update(HOME=str(home), XDG_CONFIG_HOME=str(home / "config"),
                   XDG_DATA_HOME=str(home / "data"), XDG_CACHE_HOME=str(home / "cache"),
                   XDG_STATE_HOME=str(home / "state"), GSETTINGS_BACKEND="keyfile",
                   GSK_RENDERER="cairo", UNDERTONE_TEST_HOOKS="1", GTK_USE_PORTAL="0")
        for name in ("GTK_A11Y", "NO_AT_BRIDGE", "MALLOC_CHECK_", "MALLOC_PERTURB_"):
            env.pop(name, None)
        if Program.notifications is None:
            Program.notifications = Notifications()
        self.process = subprocess.Popen([os.environ["UNDERTONE"], *arguments], env=env)
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.tree = Tree()
        self.wait(lambda: self.tree.find_program(self.process.pid), "the program on the accessibility bus")
        self.window = self.wait(self.walk, "a window")[0]

    def wait(self, condition, what, patience=PATIENCE):
        """Returns the first true value of @condition; a tree that changes meanwhile is asked again. At most
        half of the time is spent on asking, which keeps the program busy, too."""
        begin = time.monotonic()
        pause, longest_pause = PAUSES
        while (asked := time.monotonic()) < begin + patience:
            try:
                answer = condition()
            except GLib.Error:
                answer = None
            if answer:
                return answer
            if self.process.poll() is not None:
                sys.exit(f"the program ended with status {self.process.returncode} before: {what}")
            time.sleep(max(pause, time.monotonic() - asked))
            pause = min(2 * pause, longest_pause)
        sys.exit(f"not seen within {patience} s: {what}\n" + "\n".join(self.dump()))

    def settle(self, condition, what, still=1):
        """Returns the value of @condition once it stays the same for @still seconds."""
        end = time.monotonic() + PATIENCE
        last, value = None, self.wait(condition, what)
        while value != last:
            if time.monotonic() > end:
                sys.exit(f"does not stand still for {still} s: {what}")
            time.sleep(still)
            last, value = value, self.wait(condition, what)
        return value

    def digest(self, turns=10):
        """Returns when the program has dealt with the keys pressed so far. The display has handed them
        over by then; each answer takes the program a turn of its main loop at least, as each key does."""
        for _ in range(turns):
            self.bus.call_sync(APP_ID, APP_PATH, "org.gtk.Actions", "List", None, None,
                               Gio.DBusCallFlags.NONE, PATIENCE * 1000, None)

    def dump(self):
        """The accessible tree as lines, for the message of a test that failed."""
        for node in self.walk():
            yield f"{'  ' * node.depth}{node.role} {node.name!r}"

    def walk(self, top=None):
        """All accessibles (below @top) but hidden ones, from the top down."""
        return self.tree.read(top)

    def look(self, role, name=None, test=lambda node: True):
        """The first accessible of @role whose name is @name (or passes it, if a function)."""
        for node in self.walk():
            if node.role == role and (name is None or (name(node.name) if callable(name)
                                                       else node.name == name)) and test(node):
                return node
        return None

    def find(self, role, name=None, test=lambda node: True):
        return self.wait(lambda: self.look(role, name, test), f"{role} {name}")

    def labels(self):
        """What the labels say; of those that have a text and another name, both."""
        return [text for node in self.tree.read(with_text=MESSAGES) if node.role in (*LABELS, *MESSAGES)
                for text in (node.text, node.name) if text]

    def label(self, part):
        """The text of the first label that contains @part."""
        return next((text for text in self.labels() if part in text), None)

    def read(self, part):
        return self.wait(lambda: self.label(part), f"a label with {part!r}")

    def press(self, name, role="push button"):
        button = self.find(role, name)
        self.wait(lambda: button.has(Atspi.StateType.SENSITIVE), name + " usable")
        button.act()

    def tab_to(self, keyboard, node, key="Tab"):
        """Moves the focus with Tab until @node has it."""
        for _ in range(80):
            if node.has(Atspi.StateType.FOCUSED):
                return
            keyboard.press(key)
            self.digest()
        sys.exit(f"Tab does not reach {node.role} {node.name!r}")

    def tick(self, keyboard, name, ticked=True):
        """Ticks a check button with Space: GTK 4.8 gives it no action."""
        box = self.find("check box", name)
        self.tab_to(keyboard, box)
        self.digest()
        if box.has(Atspi.StateType.CHECKED) != ticked:
            keyboard.press("space")
        self.wait(lambda: box.has(Atspi.StateType.CHECKED) == ticked, name)

    def choose(self, keyboard, name, items, item):
        """Opens the drop-down @name, which has @items, and takes @item, as a person would."""
        box = self.find("combo box", name)
        button = next(node for node in self.walk(box)
                      if node.role in ("push button", "toggle button"))
        # GTK shows a button pressed for a while before it acts.
        button.act()
        self.wait(lambda: button.has(Atspi.StateType.PRESSED), f"{name} open")
        keyboard.focus()
        self.digest()
        keyboard.press("Home")
        for _ in range(items.index(item)):
            keyboard.press("Down")
        keyboard.press("Return")
        self.wait(lambda: not button.has(Atspi.StateType.PRESSED), f"{name} closed")
        self.wait(lambda: any(node.name == item for node in self.walk(box)), f"{name}: {item}")

    def activate(self, action, parameter=None, window=False):
        """Activates an action of the application, or of its window, once it is enabled: of one that is
        not, nobody would hear again."""
        path = APP_PATH + ("/window/1" if window else "")
        self.wait(lambda: self.bus.call_sync(APP_ID, path, "org.gtk.Actions", "Describe",
                                             GLib.Variant("(s)", (action,)), None,
                                             Gio.DBusCallFlags.NONE, PATIENCE * 1000,
                                             None).unpack()[0][0], f"action {action} enabled")
        self.bus.call_sync(APP_ID, path, "org.gtk.Actions", "Activate",
                           GLib.Variant("(sava{sv})", (action, [parameter] if parameter else [], {})),
                           None, Gio.DBusCallFlags.NONE, PATIENCE * 1000, None)

    def screenshot(self, path):
        """Writes the window as PNG to @path and returns its bytes."""
        path = pathlib.Path(path)
        path.unlink(missing_ok=True)

        def written():
            # A window that is about to be drawn anew has no picture: it is asked again.
            self.activate("screenshot", GLib.Variant("s", str(path)))
            self.digest()
            return path.exists() and path.read_bytes().endswith(b"IEND\xaeB`\x82")

        self.wait(written, path)
        return path.read_bytes()

    def resize(self, width, height):
        """Returns when the window has the size; what folds in it may still move."""
        self.activate("resize", GLib.Variant("(ii)", (width, height)))

        def is_resized():
            size = self.window.get_extents()
            return 0 <= width - size.width < SHADOW and 0 <= height - size.height < SHADOW

        self.wait(is_resized, f"a window of {width} × {height}")

    def wait_for_end(self):
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            sys.exit("the program did not end")
