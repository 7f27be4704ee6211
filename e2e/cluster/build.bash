# The programs: Debian's packages, and Kubernetes in one binary.
# shellcheck shell=bash disable=SC2154 # here, state and version are the tool's

install_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  ((${#missing[@]} > 0)) || return 0
  command -v apt-get >/dev/null || die "these Debian packages are needed: ${missing[*]}"
  say "installing ${missing[*]}"
  apt-get -qq update &&
    DEBIAN_FRONTEND=noninteractive apt-get -qqy -o DPkg::Lock::Timeout=300 \
      install --no-install-recommends "${missing[@]}" >/dev/null ||
    die "apt-get could not install ${missing[*]}"
}

# Named by what it is made of: a checkout of the same sources finds it again.
node_binary() {
  local hash
  hash=$(cat "$here"/node/go.{mod,sum} "$here"/node/*.go "$here"/node/pause/*.go | sha256sum)
  echo "$state/bin/node-${hash:0:12}"
}

build() {
  local binary began=$SECONDS pid
  binary=$(node_binary)
  [[ ! -x $binary ]] || return 0
  command -v go >/dev/null || die 'Go 1.24 or newer is needed to build Kubernetes once: https://go.dev/dl'
  say "building Kubernetes $version, once: about 12 minutes of one processor's time, much less where Go has compiled it before; later starts take seconds"
  mkdir -p "$state/bin"
  compile "$binary" >"$state/build.log" 2>&1 &
  pid=$!
  trap 'kill "$pid" 2>/dev/null || true' EXIT
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    (((SECONDS - began) % 30 > 0)) || say "  … $((SECONDS - began)) s"
  done
  wait "$pid" || die "the build failed:
$(tail -n 20 "$state/build.log")"
  trap - EXIT
  say "built after $((SECONDS - began)) s"
}

compile() { # BINARY
  local v=k8s.io/component-base/version
  cd "$here/node" || return
  export CGO_ENABLED=0
  go build -trimpath -ldflags '-s -w' -o "$state/bin/pause" ./pause &&
    go build -trimpath -o "$1.part" -ldflags "-s -w -X $v.gitVersion=v$version \
      -X $v.gitMajor=1 -X $v.gitMinor=${version:2:2} -X $v.gitTreeState=clean" . || return
  # Older ones, unless it runs now.
  find "$state/bin" -name 'node-*' ! -name '*.part' \
    ! -name "$(readlink "$state/bin/node")" -delete
  mv "$1.part" "$1"
}
