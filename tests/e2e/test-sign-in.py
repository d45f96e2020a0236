# SPDX-License-Identifier: GPL-3.0-or-later
"""A sign-in that is refused, and one that takes its time."""

import practice

WRONG = "x" * 43


def test_refused_then_corrected():
    with practice.home() as home, practice.practice() as (info, _):
        with practice.window(home, info["profile"]) as window:
            window.go_on_to("Sign-In")
            window.fill("Auth token", WRONG)
            window.find("Sign-in refused")
            assert window.page() == "Sign-In", window.root.outline()

            # Going on is no way around it.
            window.click("Next")
            window.click("Replace")
            window.fill("Auth token", info["token"])
            window.gone("Sign-in refused")
            window.find(lambda name: name.startswith("Sign-In, done"), "list item")
            while window.page() != "Topics":
                window.click("Next")
            window.find(lambda name: name.startswith("acmeCo/orders,"), "list item")
        assert not practice.holds(home, info["token"]), "the token was written"
        assert not practice.holds(home, WRONG), "the wrong token was written"


def test_stopped_midway():
    with practice.home() as home, practice.practice("--scenario", "slow-sign-in") as (info, _):
        with practice.window(home, info["profile"]) as window:
            window.go_on_to("Sign-In")
            window.fill("Auth token", info["token"])
            window.find(lambda name: name.startswith("Signing in"), "label")
            window.click("Stop the Check")
            window.gone("Stop the Check")
            window.gone(lambda name: name.startswith("Signing in"), "label")

            # The page still answers, and nothing was made of the time that it took.
            assert window.page() == "Sign-In", window.root.outline()
            assert not window.all(lambda name: name.startswith("Sign-In, failed"), "list item")
            window.find("Replace", "button")
            window.click("Back")
            window.page_after("Sign-In")


practice.main([test_refused_then_corrected, test_stopped_midway])
