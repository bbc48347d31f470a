# shellcheck shell=bash
# Processes this run started. Each is remembered with its start time, so that a reused id is never killed.

# Starts a command in a namespace, in the background; its id is left in SPAWNED.
# spawn NAMESPACE LOGFILE COMMAND...
spawn() {
  local namespace=$1 log=$2
  shift 2
  ip netns exec "$namespace" "$@" >>"$log" 2>&1 </dev/null &
  SPAWNED=$!
  remember "$SPAWNED"
}

remember() { echo "$1 $(start_time "$1")" >>"$WORK/pids"; }

# Field 22 of /proc/PID/stat; empty when the process is gone. The name in field 2 may hold spaces.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  echo "${20}"
}

# The process and all its descendants, one id a line.
family() {
  ps -e -o pid=,ppid= | awk -v root="$1" '
    { parent[$1] = $2 }
    END {
      for (pid in parent)
        for (p = pid; p != "" && p != 0; p = parent[p])
          if (p == root) { print pid; break }
    }'
}

# User and system time in seconds that the given processes and their descendants have used.
cpu_seconds() {
  local root pid stat total=0
  for root in "$@"; do
    for pid in $(family "$root"); do
      stat=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
      # shellcheck disable=SC2086
      set -- ${stat##*) }
      total=$((total + ${12} + ${13}))
    done
  done
  awk -v ticks="$total" -v rate="$(getconf CLK_TCK)" 'BEGIN { printf "%.2f\n", ticks / rate }'
}

# Memory in KiB that a process and its descendants hold for themselves: anonymous and shared-memory pages, those that
# several processes share counted once. Pages of programs and libraries are left out, for clients map the same files.
memory_kib() {
  local pid total=0 kib
  for pid in $(family "$1"); do
    kib=$(awk '/^Pss_(Anon|Shmem):/ { sum += $2 } END { print sum }' "/proc/$pid/smaps_rollup" 2>/dev/null) || continue
    total=$((total + ${kib:-0}))
  done
  echo "$total"
}

# All of a process's memory in KiB, its program and libraries included.
rss_kib() { awk '/^VmRSS:/ { print $2 }' "/proc/$1/status"; }

stop() {
  local root pids=() pid
  for root in "$@"; do mapfile -t -O "${#pids[@]}" pids < <(family "$root"); done
  ((${#pids[@]})) || return 0
  kill -TERM "${pids[@]}" 2>/dev/null || true
  for _ in {1..50}; do
    local alive=()
    for pid in "${pids[@]}"; do running "$pid" && alive+=("$pid"); done
    ((${#alive[@]})) || return 0
    sleep 0.1
  done
  kill -KILL "${alive[@]}" 2>/dev/null || true
}

# False for a zombie, which has nothing left to stop.
running() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  [[ ${stat:0:1} != Z ]]
}

stop_all() {
  [[ -f $WORK/pids ]] || return 0
  local pid started mine=()
  while read -r pid started; do
    [[ -n $started && $(start_time "$pid") == "$started" ]] && mine+=("$pid")
  done <"$WORK/pids"
  : >"$WORK/pids"
  ((${#mine[@]})) && stop "${mine[@]}"
  return 0
}
