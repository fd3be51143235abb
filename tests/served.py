"""A folder served over HTTP on the loopback address, as parts are downloaded from."""

import http.server
import threading
from contextlib import contextmanager


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Not into the test's output."""


class _Stuck(_Quiet):
    """Gives a file's first half, and then nothing until the server goes."""

    def copyfile(self, source, outputfile):
        data = source.read()
        outputfile.write(data[: len(data) // 2])
        outputfile.flush()
        self.server.going.wait()


@contextmanager
def served(folder, stuck=False):
    """Serve the folder's files while the context lasts; its value is the address."""

    def handler(*arguments):
        return (_Stuck if stuck else _Quiet)(*arguments, directory=str(folder))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.going = threading.Event()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.going.set()
            server.shutdown()
            thread.join()
