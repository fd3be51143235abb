#!/bin/sh
# Part of test_packages.sh, in a network of its own: serves dist/ on the loopback address while a command runs.
ip link set lo up
python3 -m http.server --bind 127.0.0.1 --directory dist 8765 >/dev/null 2>&1 &
server=$!
# The server is there once it answers.
until python3 -c 'import socket; socket.create_connection(("127.0.0.1", 8765))' 2>/dev/null; do
    sleep 0.1
done
"$@"
code=$?
kill "$server"
exit "$code"
