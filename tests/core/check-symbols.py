#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Core decides and does nothing else: no sockets, files, threads, GTK. Reads what it links to (TAP)."""

import re
import subprocess
import sys

FORBIDDEN = {
    "sockets": r"(socket|connect|bind|listen|accept4?|send(to|msg)?|recv(from|msg)?|getaddrinfo"
               r"|g_socket_\w+|g_tls_\w+|g_resolver_\w+|g_network_\w+|soup_\w+)$",
    "files": r"(f?open(64|at)?|creat|unlink|rename|mkdir|stat(64)?|readlink|opendir|mmap(64)?"
             r"|g_f?open|g_unlink|g_rename|g_mkdir\w*|g_dir_\w+|g_stat|g_file_(new|get|set|read|test)\w*"
             r"|g_mapped_file_\w+|json_parser_load_from_(mapped_)?file)$",
    "threads": r"(pthread_create|g_thread_(new|try_new)|g_thread_pool_\w+|g_task_run_in_thread\w*)$",
    "windows": r"(gtk|gdk|adw|gsk)_\w+$",
    "processes": r"(fork|execv\w*|posix_spawn\w*|system|popen|g_spawn_\w+|g_subprocess_\w+)$",
    "chance and clocks": r"(rand|random|g_random_\w+|g_rand_new|g_get_real_time"
                         r"|g_date_time_new_now\w*|time|gettimeofday)$",
}


def main():
    listing = subprocess.run(["nm", "-u", sys.argv[1]], check=True, capture_output=True, text=True)
    names = {line.split()[1] for line in listing.stdout.splitlines() if line.strip().startswith("U ")}
    assert len(names) > 50, "nm shows what core links to"
    failed = 0
    print(f"1..{len(FORBIDDEN)}")
    for number, (what, pattern) in enumerate(FORBIDDEN.items(), 1):
        found = sorted(name for name in names if re.match(pattern, name))
        for name in found:
            print(f"# core links to {name}")
        failed += bool(found)
        print(f"{'not ok' if found else 'ok'} {number} no {what}")
    sys.exit(1 if failed else 0)


main()
