# Images come from archives: there is no registry.
# shellcheck shell=bash disable=SC2154 # the tool's variables

ctr() { in_node ctr --namespace k8s.io "$@"; }

load_image() { ctr images import - <"$1" >/dev/null; } # ARCHIVE

# What holds a pod's namespaces; containerd.toml names it.
load_pause_image() {
  tar -C "$state/bin" -cf "$state/pause.tar" pause
  "$here/../images/archive" localhost/pause:1 '{"Entrypoint": ["/pause"]}' "$state/pause.tar" |
    ctr images import - >/dev/null
}
