"""Executes a notebook with its kernel.

usage: execute.py FOLDER SECONDS < notebook.ipynb

FOLDER is where the kernel runs, SECONDS the longest that a cell may take. Writes one JSON object to
stdout: {"notebook": …} with the outputs, or {"failure": {"cell", "source", "message"}}, without a
cell when the kernel does not start. However it ends, and whoever ends it, the kernel ends with it, and
every process that a cell has started.
"""

import json
import os
import signal
import sys
import threading
import time
from queue import Empty

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionComplete,
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)

# The kernel may send output after reporting that it is idle. Output that arrives within this many
# seconds of the previous message still belongs to the cell.
LATE = 0.15

# A page that people read holds a few thousand characters. More bytes than this are a mistake.
MOST = 1_000_000

# The kernel starts within a second; a busy machine may need more.
START = 20


class Unfit(Exception):
    """The output of a cell is unfit for a notebook."""


class Client(NotebookClient):
    """Counts the output of each cell, and knows the kernel's process group."""

    shown = 0
    group = None

    async def async_start_new_kernel(self, **kwargs):
        await super().async_start_new_kernel(**kwargs)
        self.group = self.km.provisioner.pgid

    def process_message(self, message, cell, cell_index):
        self.shown += len(json.dumps(message["content"]))
        if self.shown > MOST:
            raise Unfit("it shows more than a megabyte")
        return super().process_message(message, cell, cell_index)

    def kill(self):
        try:
            if self.group:
                os.killpg(self.group, signal.SIGKILL)
        except ProcessLookupError:
            pass


def execute(notebook, folder, seconds):
    cell = reply = None

    def on_start(**started):
        nonlocal cell
        cell = started["cell"]
        client.shown = 0

    async def on_executed(cell, cell_index, execute_reply):
        nonlocal reply
        reply = execute_reply
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                message = await client.kc.iopub_channel.get_msg(timeout=LATE)
            except Empty:
                return
            if message["parent_header"].get("msg_id") == reply["parent_header"]["msg_id"]:
                try:
                    client.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    pass
        raise Unfit("it goes on showing something after its end")

    client = Client(
        notebook,
        timeout=seconds,
        startup_timeout=START,
        iopub_timeout=seconds,
        raise_on_iopub_timeout=True,
        record_timing=False,
        resources={"metadata": {"path": folder}},
        on_cell_start=on_start,
        on_cell_executed=on_executed,
    )
    parent = os.getppid()

    def leave_with_parent():
        while os.getppid() == parent:
            time.sleep(0.5)
        client.kill()
        os._exit(1)

    threading.Thread(target=leave_with_parent, daemon=True).start()
    try:
        return {"notebook": client.execute()}
    except CellExecutionError as error:
        # For a syntax error the kernel sends no traceback, for a thrown text an empty one.
        traceback = reply["content"]["traceback"]
        message = "\n".join(traceback).strip() or f"{error.ename}: {error.evalue}"
        if not traceback:
            message = "SyntaxError: the cell cannot be parsed"
    except Unfit as unfit:
        message = str(unfit)
    except CellTimeoutError:
        message = f"it ran longer than {seconds:g} s"
        if client.shown > MOST:
            message += " and showed more than a megabyte"
    except DeadKernelError:
        message = "the kernel died"
    except (OSError, RuntimeError) as error:
        if cell is not None:
            raise
        return {"failure": {"message": f"the kernel does not start: {error}"}}
    finally:
        client.kill()
    return {"failure": {"cell": cell.id, "source": cell.source, "message": message}}


if __name__ == "__main__":
    # Whatever else writes to stdout, the kernel included, goes to stderr.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    notebook = nbformat.reads(sys.stdin.buffer.read(), as_version=4)
    json.dump(execute(notebook, sys.argv[1], float(sys.argv[2])), answer)
    answer.close()
