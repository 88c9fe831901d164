"""JupyterLab with what the Deno kernel lacks.

usage: as `jupyter lab`

- A cell shows its last expression even when it is NaN, Infinity, -0, 10n or null.
- Shift-Tab shows documentation; completion leaves out the members that every object has.
- When a cell cannot be parsed or was interrupted, the kernel reports a failure and nothing else. Then
  `deno fmt` finds the syntax error, if there is one.
- A cell that waits for a timer can be interrupted.
- When its parent process ends, JupyterLab stops its kernels and itself. When it is killed, Linux kills
  its kernels.
- A notebook that was opened, run and saved is the same file as before, apart from measurements: `git
  status` stays clean.
"""

import asyncio
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
from jupyter_client.session import DELIM
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from jupyterlab.labapp import main
from tornado.ioloop import IOLoop

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

# What JupyterLab's own page speaks. Messages of other clients pass unchanged.
PROTOCOL = "v1.kernel.websocket.jupyter.org"

# Members of every object, which completion leaves out.
COMMON = {
    *("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__"),
    *("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"),
    *("toLocaleString", "valueOf"),
}


class Cells:
    """A process that runs cells.ts and answers questions about cells. If it fails, answers are empty."""

    process = None

    @classmethod
    def start(cls, deno):
        options = ["--quiet", "--frozen", "--config", HERE / "deno.json", "--allow-read"]
        documented = [ROOT / name for name in ("mod.ts", "lessons/show.ts", "lessons/plot.ts")]
        cls.process = subprocess.Popen(
            [deno, "run", *options, "--allow-run", HERE / "cells.ts", *documented],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    @classmethod
    def ask(cls, **question):
        try:
            print(json.dumps(question), file=cls.process.stdin, flush=True)
            return json.loads(cls.process.stdout.readline())
        except (OSError, ValueError):
            return {}


class Kernel(ServerKernelManager):
    """A Deno kernel."""

    async def _async_launch_kernel(self, kernel_cmd, **kw):
        if Cells.process is None:
            Cells.start(kernel_cmd[0])
        if sys.platform == "linux":
            kw["preexec_fn"] = kill_with_parent
        await super()._async_launch_kernel(kernel_cmd, **kw)

    async def _async_post_start_kernel(self, **kw):
        await super()._async_post_start_kernel(**kw)
        code = (HERE / "kernel.js").read_text(encoding="utf-8")
        self.shell = self.connect_shell()
        self.session.send(self.shell, "execute_request", {"code": code, "silent": True})

    async def interrupt_kernel(self):
        if os.name == "nt":
            return await super().interrupt_kernel()
        # The message stops a computation. Sent to a kernel that is waiting, it would leave the kernel
        # unresponsive for good. The signal ends a cell that waits for a timer; a cell that waits for
        # something else goes on.
        computes = await self.computes()
        await self.collect(0.2)
        if computes and self.execution_state == "busy":
            await super().interrupt_kernel()
        await self.collect(2)

    async def computes(self):
        """Whether a thread of the kernel is runnable most of the time."""
        process = psutil.Process(self.provisioner.pid)
        process.cpu_percent()
        running = 0
        for _ in range(20):
            await asyncio.sleep(0.01)
            running += any(map(runs, Path(f"/proc/{process.pid}/task").glob("*/stat")))
        return running >= 16 if sys.platform == "linux" else process.cpu_percent() > 50

    async def collect(self, seconds):
        """Ends a cell whose promise nothing can settle any more; see kernel.js."""
        for _ in range(round(seconds / 0.1)):
            if self.execution_state == "busy":
                await self.signal_kernel(signal.SIGWINCH)
                await asyncio.sleep(0.1)


def runs(thread):
    try:
        return thread.read_text().rpartition(")")[2].split()[0] == "R"
    except OSError:
        return False  # It has ended.


def kill_with_parent(prctl=ctypes.CDLL(None).prctl if sys.platform == "linux" else None):
    PR_SET_PDEATHSIG = 1
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Connection(ZMQChannelsWebsocketConnection):
    """The messages between a page in a browser and a kernel."""

    # The contents of requests, by the id of the message.
    requests = {}

    def handle_incoming_message(self, incoming_msg):
        if self.subprotocol != PROTOCOL:
            return super().handle_incoming_message(incoming_msg)
        channel, parts = deserialize_msg_from_ws_v1(incoming_msg)
        header, _, _, content = map(self.session.unpack, parts[:4])
        if header["msg_type"] in ("execute_request", "inspect_request"):
            self.requests[header["msg_id"]] = content
        if header["msg_type"] == "execute_request":
            parts[3] = self.session.pack({**content, **Cells.ask(code=content["code"])})
            incoming_msg = serialize_msg_to_ws_v1(parts, channel)
        super().handle_incoming_message(incoming_msg)

    def handle_outgoing_message(self, stream, outgoing_msg):
        if self.subprotocol != PROTOCOL:
            return super().handle_outgoing_message(stream, outgoing_msg)
        _, parts = self.session.feed_identities(outgoing_msg)
        header, parent, _, content = map(self.session.unpack, parts[1:5])
        request = self.requests.get(parent.get("msg_id"))
        match header["msg_type"]:
            case "execute_input" if request:
                content["code"] = request["code"]
            case "execute_reply" if request:
                # The reply may arrive before the outputs, which come through another channel.
                IOLoop.current().call_later(0.1, self.check, parent, content)
            case "complete_reply":
                content["matches"] = [name for name in content["matches"] if name not in COMMON]
            case "inspect_reply" if request:
                del self.requests[parent["msg_id"]]
                found = Cells.ask(code=request["code"], cursor=request["cursor_pos"])
                if text := found.get("text"):
                    content |= {"found": True, "data": {"text/plain": text}}
        parts[4] = self.session.pack(content)
        super().handle_outgoing_message(stream, [DELIM, *parts])

    def check(self, parent, reply):
        request = self.requests.pop(parent["msg_id"])
        if request["code"] and reply["status"] == "error" and not reply["traceback"]:
            self.write_stderr(self.fault(request["code"]), parent)

    def fault(self, code):
        deno = self.kernel_manager.kernel_spec.argv[0]
        formatter = subprocess.run(
            [deno, "fmt", "--no-config", "--ext=ts", "-"],
            input=code,
            capture_output=True,
            encoding="utf-8",
        )
        if formatter.returncode == 0:
            return "The cell was interrupted."
        return formatter.stderr.removeprefix("error: ").split("\n    at ")[0]


class Contents(AsyncLargeFileManager):
    """The files. Notebooks are saved as `deno task notebooks` writes them."""

    def run_pre_save_hooks(self, model, path, **kwargs):
        super().run_pre_save_hooks(model, path, **kwargs)
        if model["type"] != "notebook" or not isinstance(model.get("content"), dict):
            return
        # TypeScript's version changes with Deno.
        model["content"]["metadata"].get("language_info", {}).pop("version", None)
        for cell in model["content"]["cells"]:
            for output in cell.get("outputs", []):
                # tools/nbformat.ts says why.
                if "image/svg+xml" in output.get("data", {}):
                    output["data"].pop("text/html", None)


def stop_with_parent(parent=os.getppid()):
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=stop_with_parent, daemon=True).start()
    classes = [
        "--ServerApp.kernel_websocket_connection_class=__main__.Connection",
        "--ServerApp.contents_manager_class=__main__.Contents",
        "--MultiKernelManager.kernel_manager_class=__main__.Kernel",
    ]
    sys.exit(main([*classes, *sys.argv[1:]]))
