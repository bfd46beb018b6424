# Sourced: hosts 0 to $1 as network namespaces of their own on one bridge, host 0 at 10.77.0.1; ${on[K]} before a command runs it on host K.
# Without the right to make namespaces all hosts are this one (${on[K]} is empty, $hub is loopback), and that is said.
declare -a on
hub=127.0.0.1 hosts=stance$$
remove_hosts() {
  local k
  for k in "${!on[@]}"; do ip netns delete "$hosts.$k" 2> /dev/null; done
}
make_hosts() {
  local k
  ip netns add "$hosts.0" 2> /dev/null || { echo 'no network namespaces here: all workers on one host' >&2; return; }
  on[0]="ip netns exec $hosts.0" hub=10.77.0.1
  ip -n "$hosts.0" link set lo up
  ip -n "$hosts.0" link add bridge type bridge && ip -n "$hosts.0" address add $hub/24 dev bridge && ip -n "$hosts.0" link set bridge up || exit 9
  for k in $(seq "$1"); do
    ip netns add "$hosts.$k" || exit 9
    on[k]="ip netns exec $hosts.$k"
    ip -n "$hosts.0" link add "to$k" type veth peer name eth0 netns "$hosts.$k" && ip -n "$hosts.0" link set "to$k" master bridge up || exit 9
    ip -n "$hosts.$k" address add 10.77.0.$((k + 1))/24 dev eth0 && ip -n "$hosts.$k" link set eth0 up && ip -n "$hosts.$k" link set lo up || exit 9
  done
}
