"""Takes spans by OTLP over HTTP and keeps them as they came: otlp-collector.py ADDRESS PORT FILE."""

import http.server
import sys


class Collector(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/v1/traces" or self.headers["Content-Type"] != "application/x-protobuf":
            self.send_error(404)
            return
        with open(sys.argv[3], "ab") as file:
            file.write(body)
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Collector).serve_forever()
