"""A server that scripts put under stress, and clients of it."""

import asyncio
import base64
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Failure(Exception):
    """The soak could not run, or found something; the text is for people."""


class Server:
    """The server under test, with its ports and its data directory."""

    def __init__(self, program, directory, *options):
        self.data = directory / "data"
        self.log = directory / "server.log"
        self.certificate, key = directory / "certificate.pem", directory / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
        names = ["lines", "addressed", "irc", "ircs", "http"]
        self.ports = dict(zip(names, free_ports(len(names))))
        listeners = [part for name in names for part in (f"--{name}", f"127.0.0.1:{self.ports[name]}")]
        self.command = [
            program, "serve", "--data", self.data, *listeners, "--tls-certificate", self.certificate, "--tls-key", key,
            "--log-level", "warning", *options]
        self.start()
        made = subprocess.run([program, "token", "create", "soak", "--all-rooms", "--data", self.data], capture_output=True, text=True, check=True)
        self.token = re.search(r"parley_[\w-]+", made.stdout)[0]

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=open(self.log, "a"), stderr=subprocess.STDOUT)
        for _ in range(300):
            if self.process.poll() is not None:
                raise Failure(f"the server ended at once: {self.log.read_text()[-500:]}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.ports["lines"])) == 0:
                    break
            time.sleep(0.1)

    def kill(self):
        """Ends it as a loss of power of its machine would, but for what the system still writes."""
        self.process.kill()
        self.process.wait(60)

    def sample(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        number = lambda name: int(re.search(rf"^{name}:\s+(\d+)", status, re.M)[1])
        return {
            "memory_kb": number("VmRSS"),
            "threads": number("Threads"),
            "descriptors": len(os.listdir(f"/proc/{self.process.pid}/fd")),
            "data_kb": sum(file.stat().st_size for file in self.data.glob("*") if file.is_file()) // 1024,
        }

    def reload(self):
        self.process.send_signal(signal.SIGHUP)

    def stop(self):
        self.process.terminate()
        return self.process.wait(60)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Client:
    """A connection that writes lines, and hands on those that it reads."""

    def __init__(self, reader, writer, websocket=False):
        self.reader, self.writer, self.websocket = reader, writer, websocket

    @classmethod
    async def open(cls, server, name, tls=None, websocket=False, source=None):
        port = server.ports[name]
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=tls, limit=1 << 20, local_addr=(source, 0) if source else None)
        client = cls(reader, writer, websocket)
        if websocket:
            key = base64.b64encode(os.urandom(16)).decode()
            writer.write(
                f"GET /irc HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: text.ircv3.net\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 101 " not in head:
                raise ConnectionError(head.decode(errors="replace"))
        return client

    async def send(self, *lines):
        for line in lines:
            data = line.encode()
            if self.websocket:
                mask = os.urandom(4)
                size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack("!H", len(data))
                self.writer.write(b"\x81" + size + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(data)))
            else:
                self.writer.write(data + b"\r\n")
        await self.writer.drain()

    async def lines(self):
        """Yields what comes in, until the end."""
        while True:
            if self.websocket:
                head = await self.reader.readexactly(2)
                size = head[1] & 0x7F
                if size == 126:
                    size = struct.unpack("!H", await self.reader.readexactly(2))[0]
                data = await self.reader.readexactly(size)
                if head[0] & 0x0F == 1:
                    yield data.decode()
            else:
                line = await self.reader.readline()
                if not line:
                    return
                yield line.decode().rstrip("\r\n")

    def close(self, reset=False):
        if reset and not self.writer.transport.is_closing():
            sock = self.writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


def find_program(given):
    """The program to run: the one that was named, or the Release build, made first where it is missing."""
    program = pathlib.Path(given) if given else ROOT / "src/Parley.Cli/bin/Release/net10.0/parley"
    if not given and not program.exists():
        subprocess.run(["dotnet", "build", ROOT / "src/Parley.Cli", "-c", "Release", "-v", "q", "-nologo"], check=True, stdout=subprocess.DEVNULL)
    return program
