"""JupyterLab that says why a cell failed when the Deno kernel does not.

usage: as `jupyter lab`

For a cell that it cannot parse, or that was interrupted, the kernel answers no more than that it
failed. Then the formatter of the same Deno tells what is wrong with the text, if anything is.
"""

import subprocess
import sys

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


if __name__ == "__main__":
    connection = "--ServerApp.kernel_websocket_connection_class=__main__.Connection"
    sys.exit(main([connection, *sys.argv[1:]]))
