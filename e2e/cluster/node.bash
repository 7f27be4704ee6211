# The node: namespaces with a first process, which holds them.
# shellcheck shell=bash disable=SC2154 # the tool's variables

# By this machine's count; all other pids in run/ are the node's.
first_process() { cat "$state/run/init.pid" 2>/dev/null; }
running() { grep -qs '^/run/e2e/bin/pause' "/proc/$(first_process)/cmdline"; }
in_node() { nsenter --target "$(first_process)" --mount --net --pid -- "$@"; }

# The pods' control group in each hierarchy, named after the port: a kubelet
# kills whatever it does not know below its own.
cgroups() { awk -v dir="/pipeline-demo-$port" '$3 ~ /^cgroup2?$/ {print $2 dir}' /proc/mounts; }
remove_cgroups() {
  local dir
  for dir in $(cgroups); do
    [[ ! -d $dir ]] || find "$dir" -depth -type d -delete || return
  done
}

start_node() {
  rm -rf "$state"/{run,log,etcd,volumes,var/lib/kubelet,var/lib/cni,var/log}
  mkdir -p "$state"/{run,log}
  ln -sfn "$(basename "$(node_binary)")" "$state/bin/node"
  cp -r "$here/etc" "$state/"
  remove_cgroups # of a node that ended otherwise than by down
  cgroups | xargs mkdir -p
  setsid env -i PATH="$PATH" HOME=/root \
    unshare --mount --net --pid --fork --kill-child \
    bash -eu -c "$(declare -f set_up_node claim_size); set_up_node \"\$@\"" \
    _ "$state" "$node_ip" "$service_ip" "$cpus" "$memory_gib" </dev/null >"$state/log/node.log" 2>&1 &
  until running; do
    kill -0 $! 2>/dev/null || die "the node did not start: $(cat "$state/log/node.log")"
    sleep 0.1
  done
}

# Runs as the first process of the node's namespaces, and stays that.
set_up_node() {
  local state=$1 node_ip=$2 service_ip=$3 cpus=$4 memory_gib=$5 pid dir
  read -r pid _ </proc/self/stat # /proc is still the outer one
  mount -t proc proc /proc
  mount --make-rshared /
  mount -t tmpfs tmpfs /run
  for dir in lib/kubelet lib/containerd lib/cni log/pods log/containers; do
    mkdir -p "$state/var/$dir" "/var/$dir"
    mount --bind "$state/var/$dir" "/var/$dir"
  done
  claim_size "$cpus" "$memory_gib"
  mkdir /run/e2e
  mount --bind "$state" /run/e2e
  ip link set lo up
  ip address add "$service_ip/32" dev lo
  ip link add pods type bridge
  ip address add "$node_ip/24" dev pods
  ip link set pods address 0a:58:0a:55:00:01 # else it changes as pods come and go
  ip link set pods up
  echo "$pid" >/run/e2e/run/init.pid
  exec /run/e2e/bin/pause
}

# Shows the kubelet another machine: it reads its size from these files.
claim_size() { # CPUS GIB
  local last=$(($1 - 1)) kib=$(($2 << 20)) node=/run/size/node/node0 i
  for ((i = 0; i <= last; i++)); do
    mkdir -p "$node/cpu$i"/{topology,cache}
    echo "$i" >"$node/cpu$i/topology/core_id"
    echo 0 >"$node/cpu$i/topology/physical_package_id"
  done
  mkdir "$node/hugepages"
  printf 'Node 0 MemTotal: %d kB\nNode 0 MemFree: %d kB\n' "$kib" "$kib" >"$node/meminfo"
  echo 10 >"$node/distance"
  echo "0-$last" | tee "$node/cpulist" >/run/size/online
  sed -E "s/^(Mem(Total|Free|Available):).*/\1 $kib kB/" /proc/meminfo >/run/size/meminfo
  mount --bind /run/size/node /sys/devices/system/node
  mount --bind /run/size/online /sys/devices/system/cpu/online
  mount --bind /run/size/meminfo /proc/meminfo
}
