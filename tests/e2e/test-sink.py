# SPDX-License-Identifier: GPL-3.0-or-later
"""A sink built by hand, from its menu to its files."""

import practice

SQL = "SELECT id, total FROM orders WHERE total > 100"


def write(window, field, text):
    window.find(field, "text").type(text)


def build_sink(window):
    window.click("Add Sink")
    window.find(role="menu item").click()
    window.find("Description", "text")
    write(window, "Name", "large_orders")
    write(window, "Topic", "large-orders")
    write(window, "Cron expression, in UTC", "0 6 * * 1-5")
    write(window, "Name of the node", "large_rows")
    write(window, "SQL of the node", SQL)
    window.click("Edit Connection")
    write(window, "Bootstrap servers, such as kafka.example.com:9092", "kafka.example.net:9093")
    window.click("Connection Done")
    window.click("All Sinks")
    window.find("large_orders", "list item")


def test_by_hand():
    with practice.home() as home:
        with practice.window(home) as window:
            window.click("Try Practice Data")
            window.click("Choose All")
            window.find("7 chosen", "toggle button")
            window.step("Sinks")
            build_sink(window)
            window.step("Review")
            window.click("Save to Folder")
            window.click("Save Here")
            window.find("Saved, Not Deployed", "label")

        saved = {name: content.decode() for name, content
                 in practice.files(home / "Documents").items()}
        sink = saved["sinks/large_orders.pipe"]
        for line in ("NODE large_rows", "TYPE sink", "EXPORT_CONNECTION_NAME events_kafka",
                     "EXPORT_KAFKA_TOPIC large-orders", "EXPORT_SCHEDULE 0 6 * * 1-5", SQL):
            assert line.lower() in sink.lower(), sink
        connection = saved["connections/events_kafka.connection"]
        assert "kafka.example.net:9093" in connection, connection


practice.main([test_by_hand])
