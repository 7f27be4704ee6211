# What runs in the node, and how it is killed, paused and started again.
# shellcheck shell=bash disable=SC2154 # the tool's variables

COMPONENTS=(etcd containerd kube-apiserver kube-controller-manager kube-scheduler kubelet forward)

alive() { in_node kill -0 "$(cat "$state/run/$1.pid" 2>/dev/null)" 2>/dev/null; }
dead() { ! alive "$1"; }
signal() { in_node kill "-$1" "$(cat "$state/run/$2.pid")"; }

kill_component() {
  signal KILL "$1"
  wait_for 10 dead "$1"
}

# Sets `command`, and `namespaces` where it shall not be in all of the node's.
command_of() {
  local name=$1 pki=/run/e2e/pki node=/run/e2e/bin/node
  namespaces=(--mount --net --pid)
  case $name in
    etcd) command=("$node" etcd --data-dir /run/e2e/etcd --unsafe-no-fsync) ;;
    containerd) command=(containerd --config /run/e2e/etc/containerd.toml) ;;
    kube-apiserver)
      command=(
        "$node" kube-apiserver
        --etcd-servers http://127.0.0.1:2379
        --advertise-address "$node_ip" --secure-port 443
        --service-cluster-ip-range "${service_ip%.*}.0/24"
        --tls-cert-file $pki/apiserver.crt --tls-private-key-file $pki/apiserver.key
        --client-ca-file $pki/ca.crt
        --authorization-mode "Node,RBAC" --enable-admission-plugins NodeRestriction
        --service-account-issuer https://kubernetes.default.svc
        --service-account-key-file $pki/service-account.key
        --service-account-signing-key-file $pki/service-account.key
        --kubelet-certificate-authority $pki/ca.crt
        --kubelet-client-certificate $pki/apiserver-kubelet-client.crt
        --kubelet-client-key $pki/apiserver-kubelet-client.key
        --kubelet-preferred-address-types InternalIP
      )
      ;;
    kube-controller-manager)
      command=(
        "$node" kube-controller-manager --leader-elect=false
        --kubeconfig $pki/controller-manager.kubeconfig --use-service-account-credentials
        --service-account-private-key-file $pki/service-account.key --root-ca-file $pki/ca.crt
      )
      ;;
    kube-scheduler)
      command=("$node" kube-scheduler --leader-elect=false --kubeconfig $pki/scheduler.kubeconfig)
      ;;
    kubelet)
      command=(
        "$node" kubelet --config /run/e2e/etc/kubelet.yaml
        --kubeconfig $pki/kubelet.kubeconfig --hostname-override node --node-ip "$node_ip"
        --cgroup-root "/pipeline-demo-$port"
      )
      ;;
    forward) # in this machine's network; process 1 is in the node's
      namespaces=(--mount --pid)
      command=("$node" forward self "127.0.0.1:$port" 1 "$service_ip:443")
      ;;
    expose-*)
      namespaces=(--mount --pid)
      command=("$node" forward 1 "$service_ip:${name#*-}" self "127.0.0.1:${name#*-}")
      ;;
    *) die "there is no component '$name': ${COMPONENTS[*]}" ;;
  esac
}

# Starts a component in the background, unless it lives.
start() {
  local name=$1 command namespaces
  ! alive "$name" || return 0
  command_of "$name"
  nsenter --target "$(first_process)" "${namespaces[@]}" -- \
    env -i PATH="$PATH" HOME=/root setsid --fork \
    bash -c 'echo $$ >"/run/e2e/run/$0.pid"; exec "$@"' "$name" "${command[@]}" \
    </dev/null >>"$state/log/$name.log" 2>&1
}

# Of the node's last life only images remain; containers would delay Ready by minutes.
forget_containers() {
  local ids
  mapfile -t ids < <(ctr containers ls --quiet)
  ((${#ids[@]} > 0)) || return 0
  ctr containers rm "${ids[@]}"
  kill_component containerd # its Kubernetes plugin has read them already
  start containerd
  wait_for 60 ctr version
}
