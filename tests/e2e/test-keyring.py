# SPDX-License-Identifier: GPL-3.0-or-later
"""One keyring for the window and the command line: what one keeps there the other finds."""

import json

import practice
from practice import tap


def entry(info):
    """The token that the keyring has for the task, as another program reads it."""
    import gi
    gi.require_version("Secret", "1")
    from gi.repository import Secret
    schema = Secret.Schema.new("io.github.barista.Barista.Token", Secret.SchemaFlags.NONE, {
        name: Secret.SchemaAttributeType.STRING for name in ("service", "server", "username")})
    return Secret.password_lookup_sync(schema, {
        "service": "kafka", "server": info["bootstrap_servers"], "username": info["username"]}, None)


def test_from_the_window_to_the_command_line():
    with practice.home() as home, practice.practice("--no-tls", "--arrivals", "0") as (info, _):
        assert tap.run("check", info["profile"], "--json").returncode == 1
        with practice.window(home, info["profile"]) as window:
            window.go_on_to("Sign-In")
            window.fill("Auth token", info["token"])
            window.find(lambda name: name.endswith("Kept in the keyring."), "label")
        assert entry(info) == info["token"]
        code, report = tap.check(info["profile"])
        assert code == 0, report
        assert not practice.holds(home, info["token"]), "the token was written"
        assert tap.run("token", info["profile"], "--clear").returncode == 0
        assert entry(info) is None


def test_from_the_command_line_to_the_window():
    with practice.home() as home, practice.practice("--no-tls", "--arrivals", "0") as (info, _):
        done = tap.run("token", info["profile"], "--set", stdin=info["token"] + "\n")
        assert done.returncode == 0, done.stderr
        with practice.window(home, info["profile"]) as window:
            window.find(lambda name: name.startswith("Sign-In, done"), "list item")
            window.step("Sign-In")
            window.find(lambda name: name.endswith("Kept in the keyring."), "label")
            # Taken out of it there, the command line finds none.
            window.click("Forget the Token")
            window.click("Forget")
            window.find("Auth token", "text")
        assert entry(info) is None
        done = tap.run("check", info["profile"], "--json")
        causes = {stage["cause"] for stage in json.loads(done.stdout)["stages"]}
        assert done.returncode == 1 and "password-empty" in causes, causes


practice.main([test_from_the_window_to_the_command_line, test_from_the_command_line_to_the_window])
