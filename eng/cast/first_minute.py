#!/usr/bin/env python3
"""Makes docs/images/first-minute.svg: a server and two people at nc, as tmux showed them.

usage: eng/cast/first_minute.py [REPOSITORY]

Starts the server from the sources of REPOSITORY (this one unless given) on the default ports, has two nc talk
through it, waits for each line to be on the screen before it goes on, and draws what tmux captured. Nothing in the
picture is written by hand but what the two people type, which is drawn in another colour. History is kept in a folder
that is removed afterwards: the picture is that of a server that was never started before.

Needs tmux, nc, the .NET SDK, and ports 42069, 42070 and 8080 free. To look at the result: rsvg-convert, or a browser.
"""
import os
import re
import subprocess
import sys
import tempfile
import time
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
REPOSITORY = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE
PICTURE = HERE / "docs" / "images" / "first-minute.svg"

CHAR, LINE, PAD, BAR, GAP = 7.83, 18, 14, 26, 12  # pixels, at a font of 13 px


class Pane:
    """A terminal of its own, with a plain shell in it."""

    def __init__(self, title, columns, rows, data):
        self.title, self.columns, self.rows, self.typed = title, columns, rows, []
        self.socket = f"parley-cast-{os.getpid()}-{title.replace(' ', '-')}"
        shell = f"env XDG_DATA_HOME={data} PS1='$ ' HISTFILE= bash --norc --noprofile"
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "-c", str(REPOSITORY), shell)
        self.wait_for(r"^\$")

    def tmux(self, *arguments):
        command = ["tmux", "-L", self.socket, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def screen(self):
        return self.tmux("capture-pane", "-p").rstrip("\n").split("\n")

    def type(self, text, answer):
        """Types a line, and waits until the screen shows the answer."""
        self.typed.append(text)
        self.tmux("send-keys", "-l", text)
        self.tmux("send-keys", "Enter")
        return self.wait_for(answer)

    def wait_for(self, pattern, seconds=120):
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, "\n".join(self.screen()), re.MULTILINE)):
            if time.monotonic() > end:
                raise TimeoutError(f"{self.title}: no /{pattern}/ in\n" + "\n".join(self.screen()))
            time.sleep(0.05)
        return found

    def close(self):
        self.tmux("kill-server")

    def size(self):
        return self.columns * CHAR + 2 * PAD, self.rows * LINE + 2 * PAD + BAR

    def draw(self, x, y, width):
        height = self.size()[1]
        yield f'<rect x="{x}" y="{y}" width="{width:.0f}" height="{height}" rx="7" fill="#1b1f27" stroke="#3a414d"/>'
        yield f'<text x="{x + PAD}" y="{y + 18}" fill="#8a94a6">{escape(self.title)}</text>'
        lines, typed = self.screen(), list(self.typed)
        for row, line in enumerate(lines):
            is_typed = typed and line.removeprefix("$ ") == typed[0]
            if is_typed:
                typed.pop(0)
            colour = "#8fd6a3" if is_typed else "#d7dce4"
            yield f'<text x="{x + PAD}" y="{y + BAR + PAD + row * LINE + 8}" fill="{colour}">{escape(line)}</text>'


def talk(server, left, right):
    server.type("dotnet run -c Release --project src/Parley.Cli -- serve", "^ready$")
    left.type("nc 127.0.0.1 42069", "^You joined main$")
    right.type("nc 127.0.0.1 42069", "^You joined main$")
    left.wait_for(r"^\w+ joined$")
    left.type("/name Ana", "is now Ana$")
    right.type("/name Ben", "is now Ben$")
    left.wait_for("is now Ben$")
    left.type("hello, is this on?", "^Ana: hello")
    right.wait_for("^Ana: hello")
    right.type("loud and clear", "^Ben: loud")
    left.wait_for("^Ben: loud")
    right.type("/me waves", r"^\* Ben waves$")
    left.wait_for(r"^\* Ben waves$")
    left.type("/msg ben lunch?", "^to Ben: lunch")
    right.wait_for("^from Ana: lunch")
    left.type("/rooms", "^Rooms - main")


def main():
    panes = []
    data = tempfile.TemporaryDirectory(prefix="parley-")
    try:
        for title, columns, rows in (("the server", 110, 7), ("one person", 53, 30), ("another", 53, 30)):
            panes.append(Pane(title, columns, rows, data.name))
        server, left, right = panes
        talk(server, left, right)
        (_, top), (half, bottom) = server.size(), left.size()
        width, below = 2 * half + GAP, GAP + top + GAP
        total = width + 2 * GAP, below + bottom + GAP
        drawing = [*server.draw(GAP, GAP, width), *left.draw(GAP, below, half), *right.draw(2 * GAP + half, below, half)]
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{total[0]:.0f}" height="{total[1]:.0f}" '
            f'viewBox="0 0 {total[0]:.0f} {total[1]:.0f}" role="img" xml:space="preserve" font-size="13" '
            'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace">\n'
            "<title>A Parley server and two people who talk through it with nc</title>\n"
            + "\n".join(drawing) + "\n</svg>\n", encoding="utf-8")
        server.tmux("send-keys", "C-c")
        server.wait_for(r"^\$ ?$")
    finally:
        for pane in panes:
            pane.close()
        data.cleanup()


if __name__ == "__main__":
    main()
