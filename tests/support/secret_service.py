#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A keyring for tests: the Secret Service API of freedesktop.org (draft 0.2) with one collection, on
the session bus. Unlike a real one it does as it is told: a line on standard input is a command, and is
answered by a line of JSON.

lock, unlock   the collection
accept         the prompts that are shown are answered well from now on
dismiss        ... are sent away
ignore         ... are left standing
reset          empty, unlocked, nothing counted
dump           the entries: attributes, label, secret, and how often each thing was done
"""

import json
import sys

from gi.repository import Gio, GLib

SECRET = "org.freedesktop.Secret."
ROOT = "/org/freedesktop/secrets"
COLLECTION = ROOT + "/collection/login"
ALIAS = ROOT + "/aliases/default"
NODES = Gio.DBusNodeInfo.new_for_xml(f"""<node>
<interface name="{SECRET}Service">
 <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/>
  <arg type="v" direction="out"/><arg type="o" direction="out"/></method>
 <method name="SearchItems"><arg type="a{{ss}}" direction="in"/>
  <arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
 <method name="Unlock"><arg type="ao" direction="in"/>
  <arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
 <method name="GetSecrets"><arg type="ao" direction="in"/><arg type="o" direction="in"/>
  <arg type="a{{o(oayays)}}" direction="out"/></method>
 <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
 <property name="Collections" type="ao" access="read"/>
</interface>
<interface name="{SECRET}Collection">
 <method name="CreateItem"><arg type="a{{sv}}" direction="in"/><arg type="(oayays)" direction="in"/>
  <arg type="b" direction="in"/><arg type="o" direction="out"/><arg type="o" direction="out"/></method>
 <property name="Items" type="ao" access="read"/>
 <property name="Label" type="s" access="read"/>
 <property name="Locked" type="b" access="read"/>
 <property name="Created" type="t" access="read"/>
 <property name="Modified" type="t" access="read"/>
</interface>
<interface name="{SECRET}Item">
 <method name="Delete"><arg type="o" direction="out"/></method>
 <method name="GetSecret"><arg type="o" direction="in"/><arg type="(oayays)" direction="out"/></method>
 <property name="Locked" type="b" access="read"/>
 <property name="Attributes" type="a{{ss}}" access="read"/>
 <property name="Label" type="s" access="read"/>
 <property name="Created" type="t" access="read"/>
 <property name="Modified" type="t" access="read"/>
</interface>
<interface name="{SECRET}Prompt">
 <method name="Prompt"><arg type="s" direction="in"/></method>
 <method name="Dismiss"/>
 <signal name="Completed"><arg type="b"/><arg type="v"/></signal>
</interface>
</node>""")


class Refused(Exception):
    """An error of D-Bus: its name."""


class Keyring:
    """The service, its one collection and what lies in it."""

    def __init__(self, connection):
        self.connection = connection
        self.items = {}  # path -> {attributes, label, secret, type}
        self.last = 0
        self.reset()
        self.add(ROOT, "Service", self.service)
        for path in (COLLECTION, ALIAS):
            self.add(path, "Collection", self.collection)

    def reset(self):
        self.locked = False
        self.answer = "ignore"
        self.items.clear()
        self.done = {"prompts": 0, "stored": 0, "deleted": 0}

    def add(self, path, interface, handler):
        def call(_connection, _sender, _path, _interface, method, parameters, invocation):
            try:
                invocation.return_value(handler(path, method, *parameters.unpack()))
            except Refused as refused:
                invocation.return_dbus_error(str(refused), "as the test wants it")

        def get(_connection, _sender, _path, _interface, name):
            return self.property(path, interface, name)

        self.connection.register_object(path, NODES.lookup_interface(SECRET + interface), call, get,
                                        None)

    def property(self, path, interface, name):
        item = self.items.get(path, {})
        values = {
            "Collections": ("ao", [COLLECTION]), "Items": ("ao", list(self.items)),
            "Label": ("s", item.get("label", "Login")), "Locked": ("b", self.locked),
            "Attributes": ("a{ss}", item.get("attributes", {})), "Created": ("t", 0),
            "Modified": ("t", 0),
        }
        return GLib.Variant(*values[name])

    def service(self, _path, method, *arguments):
        if method == "OpenSession":
            if arguments[0] != "plain":
                raise Refused("org.freedesktop.DBus.Error.NotSupported")
            return GLib.Variant("(vo)", (GLib.Variant("s", ""), ROOT + "/session/1"))
        if method == "ReadAlias":
            return GLib.Variant("(o)", (COLLECTION if arguments[0] == "default" else "/",))
        if method == "SearchItems":
            found = [path for path, item in self.items.items()
                     if arguments[0].items() <= item["attributes"].items()]
            return GLib.Variant("(aoao)", ([], found) if self.locked else (found, []))
        if method == "Unlock":
            if not self.locked:
                return GLib.Variant("(aoo)", (arguments[0], "/"))
            return GLib.Variant("(aoo)", ([], self.prompt(arguments[0])))
        assert method == "GetSecrets", method
        return GLib.Variant("(a{o(oayays)})", ({
            path: (arguments[1], b"", self.items[path]["secret"], self.items[path]["type"])
            for path in arguments[0] if path in self.items and not self.locked},))

    def collection(self, _path, method, *arguments):
        assert method == "CreateItem", method
        properties, (_, _, secret, content_type), replace = arguments
        if self.locked:
            raise Refused(SECRET + "Error.IsLocked")
        attributes = properties[SECRET + "Item.Attributes"]
        path = next((path for path, item in self.items.items()
                     if replace and item["attributes"] == attributes), None)
        if path is None:
            self.last += 1
            path = f"{COLLECTION}/{self.last}"
            self.add(path, "Item", self.item)
        self.items[path] = {"attributes": attributes, "secret": bytes(secret), "type": content_type,
                            "label": properties[SECRET + "Item.Label"]}
        self.done["stored"] += 1
        return GLib.Variant("(oo)", (path, "/"))

    def item(self, path, method, *arguments):
        if self.locked:
            raise Refused(SECRET + "Error.IsLocked")
        if method == "Delete":
            self.items.pop(path, None)
            self.done["deleted"] += 1
            return GLib.Variant("(o)", ("/",))
        assert method == "GetSecret", method
        item = self.items[path]
        return GLib.Variant("((oayays))", ((arguments[0], b"", item["secret"], item["type"]),))

    def prompt(self, paths):
        """A prompt for @paths, which is answered as the test said last."""
        self.last += 1
        path = f"{ROOT}/prompt/{self.last}"

        def complete(dismissed):
            self.connection.emit_signal(
                None, path, SECRET + "Prompt", "Completed",
                GLib.Variant("(bv)", (dismissed, GLib.Variant("ao", [] if dismissed else paths))))

        def handle(_path, method, *_arguments):
            if method == "Dismiss":
                complete(True)
                return None
            self.done["prompts"] += 1
            if self.answer == "accept":
                self.locked = False
            if self.answer != "ignore":
                GLib.idle_add(complete, self.answer == "dismiss")
            return None

        self.add(path, "Prompt", handle)
        return path

    def obey(self, command):
        if command in ("lock", "unlock"):
            self.locked = command == "lock"
        elif command in ("accept", "dismiss", "ignore"):
            self.answer = command
        elif command == "reset":
            self.reset()
        else:
            assert command == "dump", command
        return {"entries": [{"attributes": item["attributes"], "label": item["label"],
                             "secret": item["secret"].decode()} for item in self.items.values()],
                "locked": self.locked, **self.done}


def main():
    loop = GLib.MainLoop()
    connection = Gio.bus_get_sync(Gio.BusType.SESSION)
    keyring = Keyring(connection)
    channel = GLib.IOChannel.unix_new(sys.stdin.fileno())

    def on_line(_channel, condition):
        line = sys.stdin.readline() if condition & GLib.IOCondition.IN else ""
        if not line:
            loop.quit()
            return False
        print(json.dumps(keyring.obey(line.strip())), flush=True)
        return True

    def on_name(*_):
        print(json.dumps({"ready": True}), flush=True)

    GLib.io_add_watch(channel, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP,
                      on_line)
    Gio.bus_own_name_on_connection(connection, "org.freedesktop.secrets", 0, on_name, None)
    loop.run()


main()
