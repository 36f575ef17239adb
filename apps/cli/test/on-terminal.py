"""Runs a program on a terminal of its own. Standard input: one JSON object a line. Standard output: what the terminal shows, as it is."""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])


def resize(rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


resize(40, 120)
is_open = True
orders = b""
while is_open:
    ready, _, _ = select.select([0, terminal], [], [])
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:
            shown = b""
        if not shown:
            break
        os.write(1, shown)
    if 0 in ready:
        given = os.read(0, 65536)
        orders += given
        *lines, orders = orders.split(b"\n")
        for line in lines:
            order = json.loads(line)
            if "type" in order:
                os.write(terminal, order["type"].encode())
            elif "columns" in order:
                resize(order["rows"], order["columns"])
            else:
                # Whoever is on it gets SIGHUP, and can write no more.
                os.close(terminal)
                is_open = False
        if not given:
            os.close(terminal)
            is_open = False

_, status = os.waitpid(pid, 0)
os.write(2, json.dumps({"ended": os.waitstatus_to_exitcode(status)}).encode() + b"\n")
