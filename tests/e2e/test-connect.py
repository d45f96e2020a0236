# SPDX-License-Identifier: GPL-3.0-or-later
"""From Start to a task's topics with no more than its name and its token; and a CA file by the chooser."""

import contextlib

import practice
from window import NotFound, wait_until


def done(window, step):
    window.find(lambda name: name.startswith(f"{step}, done"), "list item")


def choose_file(window, title, path):
    """In the toolkit's own chooser, by its place."""
    window.find(title)
    window.keys("ctrl+l")
    field = wait_until(lambda: next((node for node in window.all(role="text")
                                     if node.has("focused")), None), "no place to type a path")
    # All at once: it completes what is typed, in its own time.
    field.type(str(path))
    for _ in range(6):
        window.keys("Return")
        with contextlib.suppress(NotFound):
            wait_until(lambda: len(window.windows()) == 1, "another window", 10)
            return
    raise NotFound(f"the chooser stays:\n{window.application.outline()}")


def lead_to(window, info, folder):
    """Nothing is at Estuary's address here: where the practice Dekaf is, whom no system trusts."""
    window.find(lambda name: name.startswith("Server, failed"), "list item")
    window.step("Server")
    window.fill("Bootstrap servers", info["bootstrap_servers"])
    window.find("Certificate not trusted", "label")
    (folder / "notes.pem").write_text("no certificate\n", encoding="utf-8")
    window.click("Add CA File…")
    choose_file(window, "Choose a CA File", folder / "notes.pem")
    window.find(lambda name: name.startswith("notes.pem holds no certificate."), "label")
    window.click("Choose…")
    choose_file(window, "Choose a CA File", info["ca_file"])
    done(window, "Server")
    window.gone("Certificate not trusted")
    window.step("Task")


def uncounted(window, function, *args):
    """What nobody does whose task is where every task is."""
    before = window.effort.clicks[:], window.effort.typed[:]
    function(window, *args)
    window.effort.clicks[:], window.effort.typed[:] = before


def name_registry(window, info):
    window.step("Schema Registry")
    window.fill("Address", info["registry_url"])
    # It isn't told the token as long as its address may be typed on.
    window.step("Sign-In")
    done(window, "Schema Registry")


def test_from_start():
    with practice.home() as home, practice.practice("--arrivals", "0") as (info, _):
        with practice.window(home) as window:
            window.click("Connect a Task")
            window.type_here("Full name of the task", info["username"])
            uncounted(window, lead_to, info, home)
            window.click("Next")
            assert window.page_after("Task") == "Sign-In", window.page()
            window.type_here("Auth token", info["token"])
            window.keys("Return")
            done(window, "Sign-In")
            uncounted(window, name_registry, info)
            window.click("Next")
            window.click("Choose All")
            practice.save_project(window)
            print(f"# {window.effort}")
            assert window.effort.typed == ["Full name of the task", "Auth token"], window.effort
            assert len(window.effort.clicks) <= 10, window.effort
        assert any(name.startswith("datasources/") for name in practice.files(home / "Documents"))
        assert not practice.holds(home, info["token"]), "the token was written"


practice.main([test_from_start])
