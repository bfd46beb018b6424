# Sourced: a NATS server of our own with JetStream in the current folder, and nats_client. $url is where it listens: on loopback, or on host 0 of hosts.sh.
command -v nats-server > /dev/null || { echo 'no nats-server here' >&2; exit 77; }
cc -O1 -o nats_client "$ROOT/tests/services/nats_client.c" -lnats || exit 9
port=$(python3 "$ROOT/tests/services/free-port") || exit 9
url=nats://${hub:=127.0.0.1}:$port
printf 'listen: "%s:%d"\njetstream { store_dir: "%s/js", max_memory_store: 64M, max_file_store: 4G }\n' "$hub" "$port" "$PWD" > nats.conf
start_server() {
  ${on[0]-} nats-server -c nats.conf -l nats.log & server=$!
  local i
  for i in $(seq 600); do ${on[0]-} bash -c "echo > /dev/tcp/$hub/$port" 2> /dev/null && return; sleep 0.05; done
  echo 'the server does not listen' >&2
  exit 9
}
stop_server() { kill -KILL $server 2> /dev/null; wait $server 2> /dev/null; }
trap 'kill -KILL $server $workers 2> /dev/null; [ $hub = 127.0.0.1 ] || remove_hosts' EXIT
workers=
client() { ${on[0]-} ./nats_client "$url" "$@"; }
