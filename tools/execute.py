"""Executes a notebook with its kernel.

usage: execute.py FOLDER SECONDS < notebook.ipynb

FOLDER is where the kernel runs, SECONDS the longest that a cell may take. Writes one JSON object to
stdout: {"notebook": …} with the outputs, or {"failure": {"cell", "source", "message"}}.
"""

import json
import os
import sys
from queue import Empty

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionComplete,
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)

# The kernel may send output after it has said that it is idle. What comes within this many seconds
# of the message before still belongs to the cell.
LATE = 0.15


def execute(notebook, folder, seconds):
    cell = reply = None

    def on_start(**started):
        nonlocal cell
        cell = started["cell"]

    async def on_executed(cell, cell_index, execute_reply):
        nonlocal reply
        reply = execute_reply
        while True:
            try:
                message = await client.kc.iopub_channel.get_msg(timeout=LATE)
            except Empty:
                return
            if message["parent_header"].get("msg_id") == reply["parent_header"]["msg_id"]:
                try:
                    client.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    pass

    client = NotebookClient(
        notebook,
        timeout=seconds,
        iopub_timeout=seconds,
        raise_on_iopub_timeout=True,
        record_timing=False,
        resources={"metadata": {"path": folder}},
        on_cell_start=on_start,
        on_cell_executed=on_executed,
    )
    try:
        return {"notebook": client.execute()}
    except CellExecutionError as error:
        # For a syntax error the kernel sends no traceback, for a thrown text an empty one.
        traceback = reply["content"]["traceback"]
        message = "\n".join(traceback).strip() or f"{error.ename}: {error.evalue}"
        if not traceback:
            message = "SyntaxError: the cell cannot be parsed"
    except CellTimeoutError:
        message = f"it ran longer than {seconds:g} s"
    except DeadKernelError:
        message = "the kernel died"
    return {"failure": {"cell": cell.id, "source": cell.source, "message": message}}


if __name__ == "__main__":
    # Whatever else writes to stdout, the kernel included, goes to stderr.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    notebook = nbformat.reads(sys.stdin.buffer.read(), as_version=4)
    json.dump(execute(notebook, sys.argv[1], float(sys.argv[2])), answer)
    answer.close()
