#!/usr/bin/env python3
"""Cuts the power of a run again and again, for power.sh.

usage: cut.py WORK MOUNT-OPTIONS CUTS SEED QUIET COMMAND...

WORK/image is an ext4 file system for WORK/disk; COMMAND writes into WORK/disk/out.
A round begins with an empty disk and runs COMMAND until it comes to its end, with
cuts in between; then what is on the disk is compared with QUIET. While it runs some
file of the output is written back now and then, as a kernel may do at any time.
Exit status 1 when something was lost; each loss is a line."""
import fcntl
import json
import os
import random
import signal
import struct
import subprocess
import sys
import time

EXT4_IOC_SHUTDOWN = 0x8004587D  # <uapi/linux/ext4.h>: _IOR('X', 125, __u32)
NO_LOG_FLUSH = 2                # what is in the log's memory is lost too


class Disk:
    def __init__(self, work, options):
        self.image, self.at, self.options = f"{work}/image", f"{work}/disk", options

    def mount(self):
        subprocess.run(["mount", "-o", f"loop,{self.options}", self.image, self.at], check=True)

    def umount(self):
        for _ in range(200):  # a process that was killed may still be going
            if subprocess.run(["umount", self.at], stderr=subprocess.DEVNULL, check=False).returncode == 0:
                return
            time.sleep(0.02)
        sys.exit("cannot unmount")

    def make(self):
        subprocess.run(["mkfs.ext4", "-q", "-F", self.image], check=True)
        self.mount()

    def cut(self):
        file = os.open(self.at, os.O_RDONLY)
        fcntl.ioctl(file, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        os.close(file)


def write_back_something(out, rng):
    """Any one file becomes durable, before or after the others."""
    names = [os.path.join(at, name) for at, _, files in os.walk(out) for name in files][:50]
    if not names:
        return
    try:
        file = os.open(rng.choice(names), os.O_RDONLY)
        os.fsync(file)
        os.close(file)
    except OSError:
        pass


def inputs_done(command, out):
    """What `galley status` says is done; 0 when no run has left accounts."""
    galley = next(word for word in command if word.endswith("/galley"))
    done = subprocess.run([galley, "status", "--json", out], capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)["inputs"]
    except (ValueError, KeyError):
        return 0


def differs(quiet, out):
    return subprocess.run(["diff", "-rq", "-x", ".galley", "-x", ".galley-names", "-x", "*.note.json", quiet, out],
                          capture_output=True, text=True, check=False).stdout.splitlines()


class Cutter:
    def __init__(self, work, options, seed, quiet, command):
        self.disk, self.rng, self.quiet, self.command = Disk(work, options), random.Random(seed), quiet, command
        self.out, self.span = command[command.index("-o") + 1], 0.0
        self.cuts = self.rounds = self.lost = 0

    def loses(self, what):
        self.lost += 1
        print(f"LOST after {self.cuts} cuts: {what}")

    def measure(self):
        """How long a run takes here, on an empty disk and without cuts."""
        self.disk.make()
        began = time.monotonic()
        subprocess.run(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        self.span = time.monotonic() - began
        self.disk.umount()

    def run_until_cut(self):
        """One run and one cut. True when the run had come to its end before."""
        began = time.monotonic()
        until = began + self.rng.uniform(0.01, self.span * 0.8)
        stops = self.rng.random() < 0.25  # by ^C: it says what it has done, and ends
        run = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while time.monotonic() < until and run.poll() is None:
            if self.rng.random() < 0.2:
                write_back_something(self.out, self.rng)
            time.sleep(0.005)
        if stops and run.poll() is None:
            run.send_signal(signal.SIGINT)
            run.wait()
        status, promised = run.poll(), 0
        if status is not None:
            promised = inputs_done(self.command, self.out)
        ended = status in (0, 1)
        if ended:
            self.span = 0.7 * self.span + 0.3 * (time.monotonic() - began)
        self.disk.cut()
        self.cuts += 1
        if status is None:
            run.kill()
            run.wait()
        self.disk.umount()
        self.disk.mount()
        kept = inputs_done(self.command, self.out)
        if kept < promised:
            self.loses(f"a run had ended with {promised} inputs done; {kept} are left")
        return ended

    def round(self, cuts):
        self.disk.make()
        try:
            ended = False
            while not ended and self.cuts < cuts:
                ended = self.run_until_cut()
            if not ended:
                subprocess.run(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            for line in differs(self.quiet, self.out):
                self.loses(line)
            self.rounds += 1
        finally:
            self.disk.umount()


def main():
    work, options, cuts, seed, quiet = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
    cutter = Cutter(work, options, seed, quiet, sys.argv[6:])
    cutter.measure()
    while cutter.cuts < cuts:
        cutter.round(cuts)
    print(f"{options}: {cutter.cuts} cuts in {cutter.rounds} rounds, {cutter.lost} losses")
    sys.exit(1 if cutter.lost else 0)


if __name__ == "__main__":
    main()
