"""A person at the embedded API server, for benchmarks."""
import base64
import http.client
import json
import re
import ssl
import threading
import time

OURS = "/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/default"
SECRETS = "/api/v1/namespaces/default/secrets"


class Server:
    """One connection a thread."""

    def __init__(self, kubeconfig, port):
        self.token = re.search(r'token: "?(\S+?)"?\s', kubeconfig).group(1)
        self.port = port
        self.local = threading.local()

    def ask(self, method, path, body=None, kind="application/json"):
        # Servers close connections that nobody has used for a while.
        if time.monotonic() - getattr(self.local, "used", 0) > 5:
            self.local.connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=ssl._create_unverified_context())
        self.local.used = time.monotonic()
        connection = self.local.connection
        connection.request(method, path, None if body is None else json.dumps(body), {"Authorization": f"Bearer {self.token}", "Content-Type": kind})
        response = connection.getresponse()
        text = response.read()
        if response.status >= 300:
            raise RuntimeError(f"{method} {path}: {response.status} {text[:300]}")
        return json.loads(text)

    def secret(self, name, kind, **data):
        encoded = {key.replace("_", "."): base64.b64encode(value.encode()).decode() for key, value in data.items()}
        self.ask("POST", SECRETS, {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "type": kind, "data": encoded})

    def merge(self, path, spec):
        self.ask("PATCH", path, {"spec": spec}, "application/merge-patch+json")


def until(what, seconds, holds, pause):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(f"waited {seconds} s for {what}")
        time.sleep(pause)
