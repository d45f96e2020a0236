# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of others in a group of the practice Dekaf, while records arrive: what has to hold when
they share the partitions, one leaves and a later one goes on."""

import collections
import contextlib

from .report import must

AT_LEAST = 3  # records that somebody has to read in a phase, to show that it reads


@contextlib.contextmanager
def stopped_at_the_end(members):
    try:
        yield
    finally:
        for member in members:
            member.stop()


def play(start, partitions, initial):
    """One member reads, a second comes and goes, a third goes on after them. `start` gives a member
    by its name; `initial`: what the topics hold at the start. Gives what each has read."""
    members = []
    with stopped_at_the_end(members):
        first = members_first(members, start, partitions, initial)
        second = start("second")
        members.append(second)
        second.wait(lambda: is_shared((first, second), partitions), "the partitions are not shared")
        before = len(first.read())
        second.wait(lambda: len(second.read()) >= AT_LEAST, "it reads nothing of its share")
        first.wait(lambda: len(first.read()) >= before + AT_LEAST, "it reads nothing of its share")
        second.stop()
        given_back = {where[:2] for where in second.read()}
        first.wait(lambda: first.assigned() == partitions, "it does not get all back")
        before = len(first.read())
        first.wait(lambda: given_back <= {where[:2] for where in first.read()[before:]},
                   "it does not go on where the second was")
        first.stop()
        third = start("third")
        members.append(third)
        third.wait(lambda: len(third.read()) >= AT_LEAST * len(partitions), "it does not go on")
    return [member.read() for member in members]


def members_first(members, start, partitions, initial):
    first = start("first")
    members.append(first)
    first.wait(lambda: first.assigned() == partitions, "it is not given all partitions")
    first.wait(lambda: len(first.read()) >= initial, f"it does not read the {initial} records")
    return first


def is_shared(members, partitions):
    one, other = (member.assigned() for member in members)
    return bool(one and other) and not one & other and one | other == partitions


def judge(reads, held, lost=0):
    """Each record that is held, up to where they stopped, has been read once, by one of them, in
    order. `held`: places of the records of the topics, in the order of the dump. `lost`: so many
    may be missing."""
    times = collections.Counter(where for read in reads for where in read)
    twice = sorted(where for where, count in times.items() if count > 1)
    must(not twice, f"read again after a commit: {twice[:5]}")
    invented = sorted(set(times) - set(held))
    must(not invented, f"read, but not held: {invented[:5]}")
    last = {where: max(offsets) for where, offsets in by_partition(times).items()}
    missing = [(*where, offset) for *where, offset in held
               if offset <= last.get(tuple(where), -1) and (*where, offset) not in times]
    must(len(missing) <= lost, f"read by nobody: {missing[:5]}")
    for at, read in enumerate(reads):
        for where, offsets in by_partition(read).items():
            must(offsets == sorted(offsets), f"member {at + 1} reads {where} out of order")


def by_partition(places):
    found = collections.defaultdict(list)
    for topic, partition, offset in places:
        found[topic, partition].append(offset)
    return found


def again(reads):
    return [*reads[:2], [reads[0][-1], *reads[2]]]


def left_out(reads):
    return [reads[0][20:], *reads[1:]]


def moved(reads):
    (topic, partition, offset), *others = reads[0]
    return [[(topic, partition, offset + 1), *others], *reads[1:]]


def swapped(reads):
    (topic, partition, offset), *others = reads[0]
    at = next(at for at, where in enumerate(others) if where[:2] == (topic, partition))
    return [[others[at], *others[:at], (topic, partition, offset), *others[at + 1:]], *reads[1:]]


FAULTS = {"a record read again by the next member": again, "records that nobody read": left_out,
          "an offset that is not held": moved, "two records in the wrong order": swapped}
