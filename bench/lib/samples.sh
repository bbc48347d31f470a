# shellcheck shell=bash
# What was measured, one JSON object a line; bench/Report reads it.

# sample MEASURE VALUE
sample() {
  jq -nc --arg s "$SERVER" --argjson r "$ROUND" --arg m "$1" --argjson v "$2" \
    '{kind: "sample", server: $s, round: $r, measure: $m, value: $v}' >>"$SAMPLES"
}

# A line of text about a server or, with server "machine", about where the run took place.
fact() {
  jq -nc --arg s "$1" --arg n "$2" --arg t "$3" '{kind: "fact", server: $s, name: $n, text: $t}' >>"$SAMPLES"
}

absent() { jq -nc --arg s "$1" --arg t "$2" '{kind: "absent", server: $s, text: $t}' >>"$SAMPLES"; }

# offloads before|after: keeps the listing, and a digest of it that must be the same for all servers.
offloads() {
  local file=$RAW/offloads-$ROUND-$SERVER-$1.txt
  link_offloads >"$file"
  jq -nc --arg s "$SERVER" --argjson r "$ROUND" --arg w "$1" --arg d "$(sha256sum <"$file" | cut -c1-16)" \
    '{kind: "offloads", server: $s, round: $r, when: $w, digest: $d}' >>"$SAMPLES"
}

facts_of_machine() {
  fact machine processor "$(nproc) x $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)"
  fact machine kernel "$(uname -r)"
  fact machine 'congestion control' "$(sysctl -n net.ipv4.tcp_congestion_control)"
  fact machine 'TCP receive buffer, most' "$(sysctl -n net.ipv4.tcp_rmem | cut -f3) bytes"
  fact machine 'load average at start' "$(cut -d' ' -f1-3 /proc/loadavg)"
  fact machine date "$(date -u +'%Y-%m-%d %H:%M UTC')"
  fact machine run "$ROUNDS rounds, transfers of $SECONDS_PER_TRANSFER s, $CALLS calls, $PARALLEL at a time"
}

keep_logs() {
  local log
  for log in "$WORK"/*.log; do
    [[ -s $log ]] && mv "$log" "$RAW/$1-$2-$(basename "$log")"
  done
  return 0
}
