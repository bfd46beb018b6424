# Sourced: a NATS server of our own with JetStream on loopback, in the current folder, and nats_client. $url is where it listens.
command -v nats-server > /dev/null || { echo 'no nats-server here' >&2; exit 77; }
cc -O1 -o nats_client "$ROOT/tests/services/nats_client.c" -lnats || exit 9
port=$(python3 "$ROOT/tests/services/free-port") || exit 9
url=nats://127.0.0.1:$port
printf 'listen: "127.0.0.1:%d"\njetstream { store_dir: "%s/js", max_memory_store: 64M, max_file_store: 4G }\n' "$port" "$PWD" > nats.conf
start_server() {
  nats-server -c nats.conf -l nats.log & server=$!
  local i
  for i in $(seq 600); do (echo > /dev/tcp/127.0.0.1/$port) 2> /dev/null && return; sleep 0.05; done
  echo 'the server does not listen' >&2
  exit 9
}
stop_server() { kill -KILL $server 2> /dev/null; wait $server 2> /dev/null; }
trap 'kill -KILL $server $workers 2> /dev/null' EXIT
workers=
client() { ./nats_client "$url" "$@"; }
