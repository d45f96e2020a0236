# SPDX-License-Identifier: GPL-3.0-or-later
"""The suite that holds Barista against software of others; `tests/peers/run` starts it."""
