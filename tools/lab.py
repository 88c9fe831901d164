"""JupyterLab that says why a cell failed when the Deno kernel does not, and saves as the lessons are.

usage: as `jupyter lab`

For a cell that it cannot parse, or that was interrupted, the kernel answers no more than that it
failed. Then the formatter of the same Deno tells what is wrong with the text, if anything is.

A notebook that was opened, run and saved is the same file as before, but for what its cells measure:
`git status` stays clean.
"""

import subprocess
import sys

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyterlab.labapp import main
from tornado.ioloop import IOLoop
from traitlets import Dict


class Connection(ZMQChannelsWebsocketConnection):
    """What goes between one page in a browser and one kernel."""

    codes = Dict()

    def handle_outgoing_message(self, stream, outgoing_msg):
        super().handle_outgoing_message(stream, outgoing_msg)
        _, parts = self.session.feed_identities(outgoing_msg)
        header, parent, _, content = map(self.session.unpack, parts[1:5])
        if header["msg_type"] == "execute_input":
            self.codes[parent["msg_id"]] = content["code"]
        elif header["msg_type"] == "execute_reply":
            # It comes by another way than the input, and may overtake it.
            IOLoop.current().call_later(0.1, self.check, parent, content)

    def check(self, parent, reply):
        code = self.codes.pop(parent["msg_id"], None)
        if code and reply["status"] == "error" and not reply["traceback"]:
            self.write_stderr(self.fault(code), parent)

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
    """The files, of which notebooks are saved as `deno task notebooks` writes them."""

    def run_pre_save_hooks(self, model, path, **kwargs):
        super().run_pre_save_hooks(model, path, **kwargs)
        if model["type"] != "notebook" or not isinstance(model.get("content"), dict):
            return
        # It is that of TypeScript, and changes with Deno.
        model["content"]["metadata"].get("language_info", {}).pop("version", None)
        for cell in model["content"]["cells"]:
            for output in cell.get("outputs", []):
                # tools/nbformat.ts says why.
                if "image/svg+xml" in output.get("data", {}):
                    output["data"].pop("text/html", None)


if __name__ == "__main__":
    classes = [
        "--ServerApp.kernel_websocket_connection_class=__main__.Connection",
        "--ServerApp.contents_manager_class=__main__.Contents",
    ]
    sys.exit(main([*classes, *sys.argv[1:]]))
