#!/usr/bin/env python3
"""Makes docs/images/full-screen.svg: the full-screen client in a conversation, as tmux showed it.

usage: eng/cast/full_screen.py

Starts the built program (dotnet build -c Release src/Parley.Cli) as a server on a free port and as a client in tmux, has
a few people talk to it over sockets, waits for each line to be on the screen before it goes on, and draws what tmux
captured, with its colours and styles. Nothing in the picture is written by hand but what people say.

Needs tmux. To look at the result: rsvg-convert, or a browser.
"""
import os
import re
import socket
import subprocess
import time
import unicodedata
from html import escape
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
PROGRAM = HERE / "src" / "Parley.Cli" / "bin" / "Release" / "net10.0" / "parley"
PICTURE = HERE / "docs" / "images" / "full-screen.svg"

COLUMNS, ROWS = 92, 22
CHAR, LINE, PAD, BAR = 7.83, 18, 14, 26  # pixels, at a font of 13 px
SIXTEEN = ("#2e3440 #bf616a #a3be8c #ebcb8b #81a1c1 #b48ead #88c0d0 #d7dce4 "
           "#4c566a #ef7b85 #a3d98c #f2d479 #81a1c1 #b48ead #8fbcbb #eceff4").split()
TEXT, GROUND = "#d7dce4", "#1b1f27"


class Person:
    """Somebody at a socket."""

    def __init__(self, port, name):
        self.lines = socket.create_connection(("127.0.0.1", port)).makefile("rw", encoding="utf-8", newline="\n")
        self.hear("You joined main")
        self.say(f"/name {name}", f"is now {name}")

    def say(self, line, answer):
        self.lines.write(line + "\n")
        self.lines.flush()
        self.hear(answer)

    def hear(self, text):
        while text not in self.lines.readline():
            pass


class Terminal:
    """A terminal of tmux with the client in it."""

    def __init__(self, port):
        self.socket = f"parley-cast-{os.getpid()}"
        self.tmux("-u", "-f", "/dev/null", "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "env", "-u", "NO_COLOR",
                  "TERM=tmux-256color", "LC_ALL=C.UTF-8", str(PROGRAM), "chat", f"127.0.0.1:{port}", "--login", "Ana")

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-L", self.socket, *arguments], check=True, capture_output=True, text=True).stdout

    def type(self, text):
        self.tmux("send-keys", "-l", "--", text)

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def wait_for(self, pattern, seconds=120):
        end = time.monotonic() + seconds
        while not re.search(pattern, self.tmux("capture-pane", "-p")):
            if time.monotonic() > end:
                raise TimeoutError(f"no /{pattern}/ in\n" + self.tmux("capture-pane", "-p"))
            time.sleep(0.05)

    def close(self):
        self.tmux("kill-server")


def talk(port, ana):
    ana.wait_for("is now Ana")
    people = {name: Person(port, name) for name in ("Ben", "Aiko", "Mateus", "Zeynep")}
    said = [
        ("Ben", "morning! the new build is on the staging machine"),
        ("Aiko", "おはよう ☕ how long did the tests take?"),
        ("Ben", "90 seconds, all of them. the report is at https://build.example.org/parley/1042/report if you want to look"),
        ("Zeynep", "🎉 that was four minutes last week"),
    ]
    for name, line in said:
        people[name].say(line, line)
    ana.wait_for("last week")
    ana.type("what did you change, the fixtures?")
    ana.press("Enter")
    ana.wait_for("Ana: what did you")
    people["Ben"].say("those too, and nothing sleeps any more: every test waits for the thing itself", "those too")
    people["Mateus"].say("/me takes a bow", "takes a bow")
    people["Aiko"].say("Ana, shall we let the others in on it at ten?", "shall we let")
    ana.wait_for("at ten")
    ana.type("Aiko: ten is fi")
    ana.wait_for("ten is fi")
    ana.wait_for(r"\d ms")


def colour_256(number):
    if number < 16:
        return SIXTEEN[number]
    if number >= 232:
        return "#" + f"{8 + (number - 232) * 10:02x}" * 3
    levels = (0, 95, 135, 175, 215, 255)
    number -= 16
    return "#" + "".join(f"{levels[part]:02x}" for part in (number // 36, number // 6 % 6, number % 6))


def spans(line, style):
    """The line's pieces, each with its attributes. They hold until tmux gives others, on the next line, too: see style."""
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if not piece.startswith("\x1b"):
            if piece:
                yield piece, dict(style)
            continue
        codes = [int(code or 0) for code in piece[2:-1].split(";")]
        while codes:
            code = codes.pop(0)
            if code == 0:
                style.clear()
            elif code == 38 and codes[:1] == [5]:
                style["colour"] = colour_256(codes[1])
                codes = codes[2:]
            elif 30 <= code <= 37 or 90 <= code <= 97:
                style["colour"] = SIXTEEN[code - 30 if code < 40 else code - 82]
            elif code == 39:
                style.pop("colour", None)
            else:
                style[code] = True


def width(character):
    return 0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1


def draw(screen, cursor):
    column, row = cursor
    yield (f'<rect x="{PAD + column * CHAR:.1f}" y="{BAR + row * LINE + 2}" width="{CHAR:.1f}" height="{LINE - 2}" fill="{TEXT}"/>')
    carried = {}
    for row, line in enumerate(screen.split("\n")):
        column = 0
        for text, style in spans(line, carried):
            attributes = [f'fill="{style.get("colour", TEXT)}"']
            attributes += ['font-weight="bold"'] * (1 in style) + ['opacity="0.62"'] * (2 in style)
            attributes += ['font-style="italic"'] * (3 in style) + ['text-decoration="underline"'] * (4 in style)
            # Each run where it belongs: a font need not have wide characters of just twice the width.
            for run in re.findall(r"[\u1100-\U0003ffff][\ufe0f]?|[^\u1100-\U0003ffff]+|.", text):
                if run.strip():
                    lead = len(run) - len(run.lstrip())
                    x = PAD + (column + lead) * CHAR
                    yield (f'<text x="{x:.1f}" y="{BAR + row * LINE + 15}" textLength="{sum(map(width, run.strip())) * CHAR:.1f}" '
                           f'{" ".join(attributes)}>{escape(run.strip())}</text>')
                column += sum(map(width, run))


def picture(screen, cursor):
    across, down = COLUMNS * CHAR + 2 * PAD, ROWS * LINE + BAR + PAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across:.0f}" height="{down:.0f}" viewBox="0 0 {across:.0f} {down:.0f}" '
        'role="img" xml:space="preserve" font-size="13" '
        'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace">\n'
        "<title>parley chat on a terminal: a room, its members, and a line being written</title>\n"
        f'<rect width="{across:.0f}" height="{down:.0f}" rx="7" fill="{GROUND}" stroke="#3a414d"/>\n'
        f'<text x="{PAD}" y="18" fill="#8a94a6">parley chat --login Ana</text>\n'
        + "\n".join(draw(screen, cursor)) + "\n</svg>\n")


def main():
    server = subprocess.Popen([PROGRAM, "serve", "--lines", "127.0.0.1:0", "--addressed", "off", "--irc", "off", "--http", "off", "--data", "none"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        port = int(re.search(r":(\d+)$", server.stdout.readline())[1])
        ana = Terminal(port)
        try:
            talk(port, ana)
            cursor = [int(part) for part in ana.tmux("display-message", "-p", "#{cursor_x} #{cursor_y}").split()]
            PICTURE.write_text(picture(ana.tmux("capture-pane", "-p", "-e").rstrip("\n"), cursor), encoding="utf-8")
        finally:
            ana.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
