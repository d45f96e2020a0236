# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives barista-window as a person with a screen reader would: through AT-SPI, on a display and a
session bus of its own."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LIMIT = 60
EVENTS = ["object:children-changed", "object:state-changed", "object:property-change",
          "object:text-changed", "object:selection-changed", "window:"]

# What a window keeps of what the bus tells: where the keyboard is, and what is said.
FOLLOWED = ["object:state-changed:focused", "object:announcement"]


class Effort:
    """What a person had to do so far: every click and every field typed goes through here."""

    def __init__(self):
        self.clicks, self.typed, self.pressed = [], [], []

    def __str__(self):
        return (f"{len(self.clicks)} clicks ({', '.join(self.clicks)}), "
                f"{len(self.typed)} fields typed ({', '.join(self.typed)}), "
                f"{len(self.pressed)} keys pressed ({', '.join(self.pressed)})")


class NotFound(AssertionError):
    """What was looked for did not appear."""


def wait_until(found, what, limit=LIMIT):
    """What @found gives once it is true: asked again whenever something changes on the bus."""
    context = GLib.MainContext.default()
    changed = []
    listener = Atspi.EventListener.new(lambda event: changed.append(event))
    for event in EVENTS:
        listener.register(event)
    # Some changes send no event.
    tick = GLib.timeout_add(200, lambda: changed.append(None) or True)
    end = time.monotonic() + limit
    try:
        while True:
            with contextlib.suppress(GLib.Error):
                result = found()
                if result:
                    return result
            if time.monotonic() > end:
                raise NotFound(f"after {limit} s: {what() if callable(what) else what}")
            changed.clear()
            while not changed:
                context.iteration(True)
    finally:
        GLib.source_remove(tick)
        for event in EVENTS:
            listener.deregister(event)


class Node:
    """A thing on the screen."""

    def __init__(self, accessible, effort=None):
        self.accessible = accessible
        self.effort = effort or Effort()

    @property
    def name(self):
        return self.accessible.get_name() or ""

    @property
    def description(self):
        return self.accessible.get_description() or ""

    @property
    def role(self):
        return self.accessible.get_role_name()

    def has(self, state):
        return self.accessible.get_state_set().contains(getattr(Atspi.StateType, state.upper()))

    @property
    def showing(self):
        return self.has("showing")

    @property
    def area(self):
        """Left, top, right and bottom within the window."""
        area = Atspi.Component.get_extents(self.accessible.get_component_iface(),
                                           Atspi.CoordType.WINDOW)
        return area.x, area.y, area.x + area.width, area.y + area.height

    @property
    def text(self):
        interface = self.accessible.get_text_iface()
        if not interface:
            return self.name
        return Atspi.Text.get_text(interface, 0, Atspi.Text.get_character_count(interface))

    def children(self):
        for i in range(min(self.accessible.get_child_count(), 500)):
            child = self.accessible.get_child_at_index(i)
            if child is not None:
                yield Node(child, self.effort)

    def walk(self, hidden=False):
        yield self
        for child in self.children():
            with contextlib.suppress(GLib.Error):
                if hidden or child.showing:
                    yield from child.walk(hidden)

    def all(self, name=None, role=None, hidden=False):
        """The nodes below of this name (a text or a condition) and role."""
        for node in self.walk(hidden):
            if role is not None and node.role != role:
                continue
            if callable(name) and not name(node.name):
                continue
            if name is not None and not callable(name) and node.name != name:
                continue
            yield node

    def find(self, name=None, role=None, limit=LIMIT):
        return wait_until(lambda: next(self.all(name, role), None),
                          lambda: f"no {role or 'node'} {name!r} in\n{self.outline()}", limit)

    def gone(self, name=None, role=None, limit=LIMIT):
        wait_until(lambda: next(self.all(name, role), None) is None, f"{name!r} stays", limit)

    @property
    def clickable(self):
        action = self.accessible.get_action_iface()
        return bool(action) and Atspi.Action.get_n_actions(action) > 0

    def click(self):
        assert self.clickable, f"{self} can't be clicked"
        self.effort.clicks.append(self.name)
        action = self.accessible.get_action_iface()
        assert Atspi.Action.do_action(action, 0), f"{self} did nothing"

    def select(self, index):
        self.effort.clicks.append(f"{self.name}, {index}")
        assert Atspi.Selection.select_child(self.accessible.get_selection_iface(), index)

    def type(self, text):
        editable = self.accessible.get_editable_text_iface()
        assert editable, f"{self} takes no text"
        self.effort.typed.append(self.name)
        assert Atspi.EditableText.set_text_contents(editable, text), f"{self} refused the text"

    def outline(self, depth=0):
        """The tree, for messages: what holds others and has no name isn't listed."""
        lines = []
        with contextlib.suppress(GLib.Error):
            said = bool(self.name) or self.role not in ("panel", "grouping", "image")
            if said:
                lines.append(f"{'  ' * depth}{self}")
            for child in self.children():
                with contextlib.suppress(GLib.Error):
                    if child.showing:
                        lines += filter(None, child.outline(depth + said).split("\n"))
        return "\n".join(lines)

    def __eq__(self, other):
        return isinstance(other, Node) and self.accessible == other.accessible

    def __str__(self):
        return f"{self.role} {self.name!r}"


class Window:
    """A running barista-window with a home of its own; `home` keeps setups between two of them."""

    def __init__(self, program, *args, home=None, size=(1280, 800), env=None):
        self.effort = Effort()
        self.own_home = home is None
        self.home = pathlib.Path(home or tempfile.mkdtemp(prefix="barista-e2e-"))
        self.log = open(self.home / "window.log", "ab")
        environment = {
            **os.environ, "HOME": str(self.home), "GTK_A11Y": "atspi", "GDK_BACKEND": "x11",
            "GSK_RENDERER": "cairo", "GDK_DISABLE": "gl,vulkan", "GTK_USE_PORTAL": "0",
            "ADW_DISABLE_PORTAL": "1", "GSETTINGS_BACKEND": "keyfile", "NO_AT_BRIDGE": "0",
            "G_DEBUG": "fatal-warnings", **(env or {}),
        }
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            environment.pop(name, None)
        self.environment = environment
        self.process = subprocess.Popen([program, *args], env=environment, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)
        self.size = size
        self.application = wait_until(self._find_application, self._said)
        self.root = wait_until(self._find_window, self._said)
        if size:
            self.resize(*size)
        self.at, self.announced = self.focused(), []
        self.listener = Atspi.EventListener.new(self._on_event)
        for event in FOLLOWED:
            self.listener.register(event)

    def _on_event(self, event):
        with contextlib.suppress(GLib.Error):
            if event.source.get_process_id() != self.process.pid:
                return
            if event.type.startswith("object:announcement"):
                self.announced.append(event.any_data)
            elif event.detail1:
                self.at = Node(event.source, self.effort)

    def _said(self):
        return f"no window came; the program said {self.output()[-2000:]!r}"

    def _find_application(self):
        assert self.process.poll() is None, self._said()
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application is not None and application.get_process_id() == self.process.pid:
                return Node(application, self.effort)
        return None

    def _find_window(self):
        return next((node for node in self.application.children() if node.showing), None)

    def windows(self):
        return [node for node in self.application.children() if node.showing]

    def output(self):
        return (self.home / "window.log").read_text(encoding="utf-8", errors="replace")

    def find(self, *args, **kwargs):
        return self.application.find(*args, **kwargs)

    def all(self, *args, **kwargs):
        return list(self.application.all(*args, **kwargs))

    def gone(self, *args, **kwargs):
        self.application.gone(*args, **kwargs)

    def click(self, name, role=None):
        node = wait_until(
            lambda: next((node for node in self.application.all(name)
                          if (node.role == role if role else node.role in CLICKABLE)
                          and node.has("sensitive") and node.clickable), None),
            lambda: f"nothing to click named {name!r} in\n{self.application.outline()}")
        node.click()
        return node

    def page(self):
        """The title of the page that is shown, or None."""
        return next((label.name for pane in self.application.all(role="scroll pane")
                     for label in pane.all(role="label")), None)

    def page_after(self, title):
        """The title of the page that comes after the one of @title."""
        return wait_until(lambda: (self.page() or title) != title and self.page(),
                          lambda: f"{title} stays:\n{self.application.outline()}")

    def go_on_to(self, title):
        """Presses Next until the page has that title."""
        while (page := self.page()) != title:
            if page is None:
                self.find("Task", "label")
                continue
            self.click("Next")
            self.page_after(page)

    def step(self, title, page=None):
        """Goes to the step of @title by its key; its page has that title, or that of @page."""
        steps = self.find("Steps", "list")
        names = [node.name for node in steps.children() if node.role == "list item"]
        index = next(i for i, name in enumerate(names) if name.startswith(f"{title}, "))
        for _ in range(6):
            self.keys(f"alt+{(index + 1) % 10}")
            with contextlib.suppress(NotFound):
                wait_until(lambda: self.page() == (page or title), "another page", LIMIT / 6)
                return
        raise NotFound(f"not on {title}:\n{self.application.outline()}")

    def focused(self):
        return next((node for node in self.application.walk() if node.has("focused")), None)

    def focus(self, node):
        """Goes on with Tab until @node has the focus: the bus can't give it."""
        passed = []
        while not node.has("focused"):
            assert len(passed) < 60, f"{node} takes no focus, but {', '.join(map(str, passed))}"
            passed.append(self.tab())

    def tab(self, key="Tab"):
        """Presses Tab; gives what has the focus then."""
        before = self.at
        self.keys(key)
        wait_until(lambda: self.at != before, lambda: f"{key} leads nowhere from {before}", 20)
        return self.at

    def round(self, most=120):
        """What Tab leads to, from here until it is here again."""
        seen = [self.tab()]
        while len(seen) < most:
            node = self.tab()
            if node == seen[0]:
                return seen
            assert node not in seen, f"{node} once more before {seen[0]}: {', '.join(map(str, seen))}"
            seen.append(node)
        raise NotFound(f"no way round: {', '.join(map(str, seen))}")

    def touch(self, node):
        """Clicks @node with the mouse."""
        self.effort.clicks.append(node.name)
        area = Atspi.Component.get_extents(node.accessible.get_component_iface(),
                                           Atspi.CoordType.WINDOW)
        window = wait_until(self.window_id, "no window on the display")
        subprocess.run(["xdotool", "windowactivate", "--sync", window, "mousemove", "--window",
                        window, str(area.x + area.width // 2), str(area.y + area.height // 2),
                        "click", "1"], check=True, timeout=60, capture_output=True)

    def fill(self, name, text):
        """Types @text into the field of @name, in place of what is there, and presses Enter."""
        self.focus(self.find(name, "text"))
        self.keys("ctrl+a")
        self.write(text)
        self.keys("Return")

    def type_here(self, name, text):
        """Types @text where the focus is: the page has put it into the field of @name."""
        field = self.find(name, "text")
        wait_until(lambda: field.has("focused"),
                   lambda: f"{field} hasn't the focus, but {self.focused()}")
        self.write(text)
        wait_until(lambda: field.text == text or len(set(field.text)) == 1 or not field.showing,
                   lambda: f"{field} holds {field.text!r}")

    def window_id(self):
        """That of the window on the display which keys go to, by preference."""
        done = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid",
                               str(self.process.pid)], capture_output=True, text=True, check=False)
        ours = done.stdout.split()
        done = subprocess.run(["xdotool", "getactivewindow"], capture_output=True, text=True,
                              check=False)
        active = done.stdout.strip()
        return active if active in ours else next(reversed(ours), None)

    def resize(self, width, height):
        window = wait_until(self.window_id, "no window on the display")
        subprocess.run(["xdotool", "windowsize", "--sync", window, str(width), str(height)],
                       check=True, timeout=30, capture_output=True)

    def keys(self, *keys, delay_ms=20):
        """Presses keys, by xdotool's names, in the focused window."""
        self.effort.pressed += keys
        window = wait_until(self.window_id, "no window on the display")
        subprocess.run(["xdotool", "windowactivate", "--sync", window, "key", "--clearmodifiers",
                        "--delay", str(delay_ms), *keys], check=True, timeout=60,
                       capture_output=True)

    def write(self, text):
        """Types @text into what has the focus."""
        self.effort.typed.append((self.focused() or self.root).name)
        window = wait_until(self.window_id, "no window on the display")
        subprocess.run(["xdotool", "windowactivate", "--sync", window, "type", "--clearmodifiers",
                        "--delay", "10", text], check=True, timeout=60, capture_output=True)

    def picture(self, path):
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        window = wait_until(self.window_id, "no window on the display")
        subprocess.run(["import", "-window", window, "-define",
                        "png:exclude-chunks=date,time", str(path)], check=True, timeout=60,
                       stdin=subprocess.DEVNULL)

    def picture_with_popovers(self, path):
        """Of the window's place on the display: what is open over it is a window of its own."""
        window = wait_until(self.window_id, "no window on the display")
        done = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], check=True,
                              capture_output=True, text=True, timeout=60)
        place = dict(line.split("=") for line in done.stdout.split())
        subprocess.run(["import", "-window", "root", "-crop",
                        "{WIDTH}x{HEIGHT}+{X}+{Y}".format(**place), "+repage", "-define",
                        "png:exclude-chunks=date,time", str(path)], check=True, timeout=60,
                       stdin=subprocess.DEVNULL)

    def close(self):
        """As the window's close button does; gives the exit code."""
        if self.process.poll() is None:
            with contextlib.suppress(GLib.Error, AssertionError):
                self.find("Close", "button").click()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=LIMIT)
        return self.end()

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        listener = self.__dict__.pop("listener", None)
        for event in FOLLOWED if listener else ():
            listener.deregister(event)
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.end()
        if self.own_home and kind is None:
            shutil.rmtree(self.home, ignore_errors=True)


CLICKABLE = {"push button", "button", "toggle button", "radio button", "check box", "switch",
             "menu item", "link", "list item"}
