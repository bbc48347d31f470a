# shellcheck shell=bash
# What a run has made outside its own processes, one entry a line, so that it can be taken away by name:
#   netns NAME    a network namespace, with the processes in it
#   etc NAME      the folder /etc/netns/NAME
#   link NAME     a network device
#   file PATH     a file
#   process ID PROGRAM    a process outside of namespaces, as long as its id still belongs to that program
# An entry is written before the thing is made, so something listed may not exist.

# sweep_ledger FILE
sweep_ledger() {
  local kind name program
  [ -s "$1" ] || return 0
  while read -r kind name program; do
    case $kind in
      netns) remove_namespace "$name" ;;
      etc) remove_namespace_files "$name" ;;
      file) as_root rm -f "$name" ;;
      process) [ "$(cat "/proc/$name/comm" 2>/dev/null)" != "$program" ] || as_root kill -TERM "$name" 2>/dev/null || true ;;
      link) [ ! -e "/sys/class/net/$name" ] || as_root ip link delete "$name" ;;
    esac
  done <"$1"
  : >"$1"
}

# The parent goes with its last entry; an earlier entry of the ledger may have taken it away already.
remove_namespace_files() {
  as_root rm -rf "/etc/netns/$1"
  [ ! -d /etc/netns ] || as_root rmdir --ignore-fail-on-non-empty /etc/netns
}

remove_namespace() {
  [ -e "/run/netns/$1" ] || return 0
  as_root ip netns pids "$1" | while read -r process; do as_root kill -KILL "$process" 2>/dev/null || true; done
  as_root ip netns delete "$1"
}
