# SPDX-License-Identifier: GPL-3.0-or-later
"""A task that isn't published yet: its files saved, the window closed, and on once it is there."""

import json
import urllib.parse

import practice


def port(address):
    return urllib.parse.urlsplit(f"//{address.split('//')[-1]}").port


def new_task(info, path):
    """The profile of a task that is to be made."""
    with open(info["profile"], encoding="utf-8") as file:
        setup = json.load(file)
    setup["name"] = "New Task"
    setup["task"]["published"] = False
    path.write_text(json.dumps(setup), encoding="utf-8")


def save_flow_files(window, token):
    window.find("Collections", "label")
    window.fill("Auth token", token)
    window.find("Replace", "button")
    window.click("Next")
    window.page_after("Task")
    window.find("Not in Estuary yet", "label")
    window.step("Review")
    window.click("Save to Folder")
    window.click("Save Here")
    window.find("Saved, Not Deployed", "label")


def test_goes_on_by_itself():
    with practice.home() as home:
        profile = home / "new.barista"
        with practice.practice("--no-tls", "--scenario", "refuse-sign-in") as (info, _):
            new_task(info, profile)
            with practice.window(home, str(profile)) as window:
                save_flow_files(window, info["token"])

            saved = practice.files(home / "Documents")
            assert not any(name.startswith("datasources/") for name in saved), saved.keys()
            assert info["token"].encode() in saved["estuary/tinybird.config.yaml"]
            assert practice.holds(home, info["token"]) == ["Documents/estuary/tinybird.config.yaml"]

            again = practice.window(home)
            window = again.__enter__()
            card = window.find(lambda name: name.startswith("New Task"), "list item")
            window.focus(card)
            window.keys("space")
            window.find("Steps", "list")
            window.step("Publish")
            window.find("The address works; this goes on by itself once the task is published.",
                        "label")

        # The same address, and now the task is there.
        with practice.practice("--no-tls", f"--kafka-port={port(info['bootstrap_servers'])}",
                               f"--registry-port={port(info['registry_url'])}"):
            window.find(lambda name: name.startswith("Publish, done"), "list item", limit=120)
            window.find(lambda name: name.startswith("Sign-In, done"), "list item")
            while window.page() != "Topics":
                window.click("Next")
            window.find(lambda name: name.startswith("acmeCo/orders,"), "list item")
            again.__exit__(None, None, None)


practice.main([test_goes_on_by_itself])
