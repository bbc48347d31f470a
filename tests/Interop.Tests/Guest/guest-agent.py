# Runs the shell scripts that the tests send: one a connection, ended by half-close.
# The answer is the script's output and a last line "exit:" with its exit code.
import os
import signal
import socketserver
import subprocess
import sys


class Script(socketserver.StreamRequestHandler):
    def handle(self):
        script = self.rfile.read().decode()
        child = subprocess.Popen(
            ["/bin/bash", "-c", script],
            stdin=subprocess.DEVNULL, stdout=self.request, stderr=self.request, start_new_session=True)
        code = child.wait()
        self.request.sendall(b"\nexit:%d" % (code if code >= 0 else 128 - code))


class Agent(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
with Agent(("0.0.0.0", int(sys.argv[1])), Script) as agent:
    agent.serve_forever()
