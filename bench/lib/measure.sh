# shellcheck shell=bash
# The measures, the same for every server. An adapter in bench/servers/ gives:
#   server_missing           prints why it cannot be measured here, or nothing
#   server_start             starts it in namespace srv and returns when it answers; its id in SERVER_PID ('' for none)
#   client_connect N         one call from namespace cN with a route to the network inside; its id in CLIENT_PID
#   calls_at_once            sets up $CALLS calls from c1, $PARALLEL at a time, and leaves them up;
#                            writes seconds, one call a line, to $WORK/latencies, and failures to $WORK/failures
#   load_call N SECONDS ...  optional: N calls from one client process in c1, held that long; further options are the client's.
#                            Returns when they are up; its id in LOAD_PID, what it prints in $WORK/load.log
#   server_facts             optional: facts once it runs

measure_server() {
  # shellcheck source=/dev/null
  . "$BENCH/servers/$SERVER.sh"
  make_topology
  offloads before
  sample others.busy "$(busy_percent)"

  server_start
  CLIENT_PIDS=()
  client_connect 1
  CLIENT_PIDS+=("$CLIENT_PID")
  if ((ROUND == 1)); then
    tunnel_offloads >"$RAW/offloads-$SERVER-tunnel.txt"
    if declare -F server_facts >/dev/null; then server_facts; fi
  fi

  if wanted one; then
    pings 2000 >"$WORK/ping.txt"
    sample first.ping-p50 "$(percentile 50 <"$WORK/ping.txt")"
    sample first.ping-p99 "$(percentile 99 <"$WORK/ping.txt")"
  fi
  if wanted one || wanted small; then warm_up 1; fi
  if wanted one; then
    ping_idle
    transfer down1 1 down
    transfer up1 1 up
  fi
  if wanted small; then small_packets; fi
  if wanted line; then shaped_line; fi
  if wanted four; then
    for ((i = 2; i <= CLIENTS; i++)); do
      client_connect "$i"
      CLIENT_PIDS+=("$CLIENT_PID")
    done
    warm_up 4
    transfer down4 4 down
    transfer up4 4 up
  fi

  if wanted setup && declare -F calls_at_once >/dev/null; then measure_calls; fi
  if declare -F load_call >/dev/null; then
    if wanted setup; then measure_setup; fi
    if wanted load; then measure_load; fi
    if wanted idle && ((IDLE > 0)); then measure_idle; fi
    # Minutes, for figures that hardly vary: once a run.
    if wanted held && ((ROUND == 1 && HELD > 0)); then measure_held; fi
  fi
  offloads after
}

wanted() { [[ " $MEASURES " == *" $1 "* ]]; }

# 64 datagrams of 100 bytes in flight to an echo behind the server; each that comes back sends the next.
small_packets() {
  spawn "$(namespace inside)" "$WORK/echo-server.log" "$WORK/traffic/bench-traffic" udp-echo-server "$INSIDE:7007"
  local echo_server=$SPAWNED
  sleep 0.5
  timeout $((SECONDS_PER_TRANSFER + 20)) ip netns exec "$(namespace c1)" \
    "$WORK/traffic/bench-traffic" udp-echo "$INSIDE:7007" 64 72 "$SECONDS_PER_TRANSFER" >"$WORK/echo.json"
  stop "$echo_server"
  sample small.rate "$(jq .perSecond "$WORK/echo.json")"
  sample small.p99 "$(jq .p99 "$WORK/echo.json")"
}

# The first client's line at 50 Mbit/s each way and 20 ms there and back, with a buffer of 60 ms where a router would have one: by a change
# of routes, and a call of its own, since BBR would take ten seconds to forget how near the server was. Two transfers each way and a ping.
shaped_line() {
  spawn "$(namespace c1)" "$WORK/line.log" "$WORK/traffic/bench-traffic" line line0 line1 50 10 60
  local line=$SPAWNED
  wait_for_line up "$WORK/line.log"
  ip -n "$(namespace c1)" link set line1 netns "$(namespace srv)"
  ip -n "$(namespace c1)" link set line0 up mtu 1500
  ip -n "$(namespace srv)" link set line1 up mtu 1500
  ip -n "$(namespace c1)" route add 10.99.1.1 dev line0 src 10.99.1.2
  ip -n "$(namespace srv)" route add 10.99.1.2 dev line1 src 10.99.1.1
  if [[ -n ${SERVER_PID:-} ]]; then
    stop "${CLIENT_PIDS[0]}"
    client_connect 1
    CLIENT_PIDS[0]=$CLIENT_PID
  else
    ip -n "$(namespace c1)" route replace "$NETWORK_INSIDE" dev line0 src 10.99.1.2
  fi
  pings 2000 >"$WORK/ping.txt"
  sample shaped.ping-idle-p50 "$(percentile 50 <"$WORK/ping.txt")"
  sample shaped.ping-idle "$(percentile 99 <"$WORK/ping.txt")"
  transfer shaped 1 down
  transfer shaped-up 1 up
  # Again: a call that has just come up tries out how fast the line is, one that is in use knows.
  transfer shaped-again 1 down
  transfer shaped-again-up 1 up
  if [[ -z ${SERVER_PID:-} ]]; then ip -n "$(namespace c1)" route replace "$NETWORK_INSIDE" via 10.99.1.1 dev up0; fi
  ip -n "$(namespace c1)" route del 10.99.1.1 dev line0
  ip -n "$(namespace srv)" route del 10.99.1.2 dev line1
  stop "$line"
}

# wait_for_line TEXT FILE: until a program that was started has written it.
wait_for_line() {
  for _ in {1..100}; do
    if grep -qs "$1" "$2"; then return; fi
    sleep 0.1
  done
  echo "bench/run: no \"$1\" in $2 after 10 s" >&2
  return 1
}

# What grows with the number of calls: each sends echoes of 1400 bytes to the server itself as fast as they come back.
measure_load() {
  local calls before rss_before
  for calls in $LOADS; do
    ((ROUND == 1 || calls <= 1000)) || continue
    stop_all
    server_start
    client_connect 1
    before=$(memory_kib "$SERVER_PID")
    rss_before=$(rss_kib "$SERVER_PID")
    load_call "$calls" "$((SECONDS_PER_TRANSFER + 2))" --echoes 8 --size 1400
    local cpu_before memory
    cpu_before=$(cpu_of_server)
    memory=$(memory_kib "$SERVER_PID")
    sample "load.$calls.rss" "$(awk -v a="$rss_before" -v b="$(rss_kib "$SERVER_PID")" 'BEGIN { printf "%.2f", (b - a) / 1024 }')"
    wait_load
    sample "load.$calls.mbit" "$(jq -s '.[1].megabitsPerSecond' "$WORK/load.log")"
    sample "load.$calls.share" "$(jq -s '.[1].slowestShare' "$WORK/load.log")"
    sample "load.$calls.cpu" "$(per_gigabyte "$cpu_before" "$(cpu_of_server)" "$(jq -s '.[1] | .echoes * 1400 | floor' "$WORK/load.log")")"
    sample "load.$calls.memory" "$(awk -v a="$before" -v b="$memory" -v n="$calls" 'BEGIN { printf "%.1f", (b - a) / n }')"
  done
}

# How fast a server that is warm sets up calls, and how long one takes at half that rate.
measure_setup() {
  stop_all
  server_start
  client_connect 1
  load_call $((CALLS * 5)) 0
  wait_load
  local rate
  load_call $((CALLS * 10)) 0 --warm-up 40
  rate=$(jq -s '.[0] | (.setupSeconds | length) / .seconds' "$WORK/load.log")
  sample setup.rate "$rate"
  sample setup.failed "$(jq -s '.[0].failed' "$WORK/load.log")"
  wait_load
  load_call $((CALLS * 5)) 0 --warm-up 40 --rate "$(awk -v r="$rate" 'BEGIN { printf "%.0f", r / 2 }')"
  sample setup.half-p99 "$(jq -s '.[0].setupSeconds | sort | .[length * 99 / 100 | floor] * 1000' "$WORK/load.log")"
  sample setup.half-failed "$(jq -s '.[0].failed' "$WORK/load.log")"
  wait_load
}

# As many calls as the files that a process may open allow, up to $HELD, each with an echo every five seconds.
measure_held() {
  stop_all
  server_start
  client_connect 1
  sleep 1
  local before calls=$HELD most cpu_before started
  most=$((($(ulimit -n) - 700) / 2)) # two descriptors a connection are what the gateway reckons with
  ((calls <= most)) || calls=$most
  before=$(rss_kib "$SERVER_PID")
  load_call "$calls" 40 --echo-every 5 --size 100
  cpu_before=$(cpu_of_server)
  started=$EPOCHREALTIME
  sleep 30
  sample held.cpu "$(awk -v a="$cpu_before" -v b="$(cpu_of_server)" -v s="$started" -v e="$EPOCHREALTIME" \
    'BEGIN { printf "%.1f", 100 * (b - a) / (e - s) }')"
  sample held.memory "$(awk -v a="$before" -v b="$(rss_kib "$SERVER_PID")" -v n="$calls" 'BEGIN { printf "%.1f", (b - a) / n }')"
  sample held.up "$(jq -s '.[0].setupSeconds | length' "$WORK/load.log")"
  wait_load
  sample held.lost "$(jq -s '.[1].lost' "$WORK/load.log")"
  sample held.echoes "$(jq -s '.[1].echoes' "$WORK/load.log")"
  sample held.unanswered "$(jq -s '.[1].unanswered' "$WORK/load.log")"
  sample held.echo-p99 "$(jq -s '.[1].echoMilliseconds' "$WORK/load.log")"
}

# $IDLE calls that carry nothing but what keeps them alive.
measure_idle() {
  stop_all
  server_start
  client_connect 1
  sleep 1
  local before cpu_before started
  before=$(rss_kib "$SERVER_PID")
  load_call "$IDLE" 25
  sleep 7 # what setting them up left to be compiled and collected
  cpu_before=$(cpu_of_server)
  started=$EPOCHREALTIME
  sleep 15
  sample idle.cpu "$(awk -v a="$cpu_before" -v b="$(cpu_of_server)" -v s="$started" -v e="$EPOCHREALTIME" \
    'BEGIN { printf "%.1f", 100 * (b - a) / (e - s) }')"
  sample idle.memory "$(awk -v a="$before" -v b="$(rss_kib "$SERVER_PID")" -v n="$IDLE" 'BEGIN { printf "%.1f", (b - a) / n }')"
  sample idle.up "$(jq -s '.[0].setupSeconds | length' "$WORK/load.log")"
  wait_load
  sample idle.lost "$(jq -s '.[1].lost // 0' "$WORK/load.log")"
}

wait_load() {
  for _ in {1..1800}; do
    if ! running "$LOAD_PID"; then
      jq -es 'length == 2' "$WORK/load.log" >/dev/null || { echo 'bench/run: the load client ended without its report' >&2; return 1; }
      return
    fi
    sleep 0.1
  done
  echo 'bench/run: the load client did not end' >&2
  return 1
}

# What a VPN in user space cannot save: TLS at both ends with the TCP under it, and two tunnel devices with the TCP inside. The rate
# at which these alone would fill all processors is the bound.
measure_bound() {
  sample bound.tls "$("$WORK/traffic/bench-traffic" tls 2)"
  make_topology
  spawn "$(namespace c1)" "$WORK/relay.log" "$WORK/traffic/bench-traffic" relay ra0 rb0
  local relay=$SPAWNED iperf bytes
  wait_for_line up "$WORK/relay.log"
  ip -n "$(namespace c1)" link set rb0 netns "$(namespace inside)"
  ip -n "$(namespace c1)" address add 10.97.0.1/24 dev ra0
  ip -n "$(namespace inside)" address add 10.97.0.2/24 dev rb0
  ip -n "$(namespace c1)" link set ra0 up mtu 1400
  ip -n "$(namespace inside)" link set rb0 up mtu 1400
  spawn "$(namespace inside)" "$WORK/iperf-server.log" iperf3 -s -1 -p 5201
  iperf=$SPAWNED
  sleep 0.3
  inside_of c1 iperf3 -c 10.97.0.2 -p 5201 -t "$SECONDS_PER_TRANSFER" -J >"$WORK/iperf-1.json"
  bytes=$(jq .end.sum_received.bytes "$WORK/iperf-1.json")
  # Both ends' CPU as iperf3 counts it, in percent of a processor, and the relay's.
  sample bound.tun "$(jq -r '.end.cpu_utilization_percent | .host_total + .remote_total' "$WORK/iperf-1.json" |
    awk -v t="$SECONDS_PER_TRANSFER" -v r="$(cpu_seconds "$relay")" -v n="$bytes" 'BEGIN { getline p; printf "%.3f", (p / 100 * t + r) / (n / 1e9) }')"
  stop "$relay"
  running "$iperf" && stop "$iperf"
  sample bound.mbit "$(jq -s --argjson n "$(nproc)" 'map(select(.measure == "bound.tls" or .measure == "bound.tun")) | group_by(.measure)
    | map(.[-1].value) | add | 8000 * $n / .' "$SAMPLES")"
}

# warm_up CALLS: two seconds each way that are not measured, the same for every server: a tunnel is up for hours, and what a runtime
# compiles in its first seconds is not what it costs.
warm_up() {
  local direction SECONDS_PER_TRANSFER=2 SAMPLES=/dev/null
  for direction in down up; do
    transfer warm-up "$1" "$direction"
  done
}

# transfer NAME CALLS down|up: iperf3 through every call at once, with a ping through the first.
transfer() {
  local name=$1 calls=$2 direction=$3 i reverse=() pids=()
  [[ $direction == down ]] && reverse=(-R)
  for ((i = 1; i <= calls; i++)); do
    spawn "$(namespace inside)" "$WORK/iperf-server.log" iperf3 -s -1 -p $((5200 + i))
  done
  sleep 0.3

  local server_before client_before
  server_before=$(cpu_of_server)
  client_before=$(cpu_of_clients "$calls")
  for ((i = 1; i <= calls; i++)); do
    timeout $((SECONDS_PER_TRANSFER + 20)) ip netns exec "$(namespace "c$i")" \
      iperf3 -c "$INSIDE" -p $((5200 + i)) -t "$SECONDS_PER_TRANSFER" "${reverse[@]}" -J >"$WORK/iperf-$i.json" &
    pids+=($!)
  done
  pings $((SECONDS_PER_TRANSFER * 1000 - 500)) >"$WORK/ping.txt" || true
  for i in "${pids[@]}"; do wait "$i" || { cat "$WORK"/iperf-*.json >&2; return 1; }; done

  local rates=() bytes=0
  for ((i = 1; i <= calls; i++)); do
    rates+=("$(jq '.end.sum_received.bits_per_second' "$WORK/iperf-$i.json")")
    bytes=$((bytes + $(jq '.end.sum_received.bytes' "$WORK/iperf-$i.json")))
  done
  sample "$name.mbit" "$(printf '%s\n' "${rates[@]}" | awk '{ s += $1 } END { printf "%.1f", s / 1e6 }')"
  sample "$name.retransmits" "$(jq -s 'map(.end.sum_sent.retransmits) | add' $(seq -f "$WORK/iperf-%g.json" "$calls"))"
  if ((calls > 1)); then
    sample "$name.share" "$(printf '%s\n' "${rates[@]}" |
      awk 'NR == 1 || $1 < min { min = $1 } { s += $1 } END { printf "%.1f", 100 * min / (s / NR) }')"
  fi
  if [[ -n ${SERVER_PID:-} ]]; then
    sample "$name.server-cpu" "$(per_gigabyte "$server_before" "$(cpu_of_server)" "$bytes")"
    sample "$name.client-cpu" "$(per_gigabyte "$client_before" "$(cpu_of_clients "$calls")" "$bytes")"
  fi
  sample "$name.ping-p50" "$(percentile 50 <"$WORK/ping.txt")"
  sample "$name.ping-p99" "$(percentile 99 <"$WORK/ping.txt")"
}

cpu_of_server() { if [[ -n ${SERVER_PID:-} ]]; then cpu_seconds "$SERVER_PID"; else echo 0; fi; }
cpu_of_clients() { if [[ -n ${CLIENT_PIDS[0]:-} ]]; then cpu_seconds "${CLIENT_PIDS[@]:0:$1}"; else echo 0; fi; }
per_gigabyte() { awk -v a="$1" -v b="$2" -v n="$3" 'BEGIN { printf "%.2f", (b - a) / (n / 1e9) }'; }

# How busy all processors are over one second in which this run does nothing: what others on the machine take away.
busy_percent() {
  {
    head -1 /proc/stat
    sleep 1
    head -1 /proc/stat
  } | awk '{ idle = $5 + $6; all = 0; for (i = 2; i <= 9; i++) all += $i
             if (NR == 1) { i0 = idle; a0 = all } else printf "%.0f", 100 * (1 - (idle - i0) / (all - a0)) }'
}

ping_idle() {
  pings 2000 >"$WORK/ping.txt"
  sample idle.ping-p50 "$(percentile 50 <"$WORK/ping.txt")"
  sample idle.ping-p99 "$(percentile 99 <"$WORK/ping.txt")"
}

# Round-trip times in ms, one a line, of a ping every 20 ms for the given time through the first call.
pings() {
  local count=$(($1 / 20))
  timeout $(($1 / 1000 + 10)) ip netns exec "$(namespace c1)" ping -n -i 0.02 -c "$count" -W 2 "$INSIDE" |
    sed -nE 's/.*time=([0-9.]+) ms.*/\1/p'
}

# The nearest-rank percentile of numbers on stdin; null when there is none.
percentile() {
  sort -n | awk -v p="$1" '{ v[NR] = $1 } END { if (NR == 0) print "null"; else { r = int((p * NR + 99) / 100); print v[r < 1 ? 1 : r] } }'
}

# On a server started afresh, so that what the transfers left behind is not in it; one call has warmed it up.
measure_calls() {
  stop_all
  server_start
  client_connect 1
  sleep 1

  : >"$WORK/latencies"
  : >"$WORK/failures"
  local memory_before start end done_calls
  memory_before=$(memory_kib "$SERVER_PID")
  start=$EPOCHREALTIME
  calls_at_once
  end=${CALLS_ENDED:-$EPOCHREALTIME}
  done_calls=$(wc -l <"$WORK/latencies")
  sample calls.rate "$(awk -v a="$start" -v b="$end" -v n="$done_calls" 'BEGIN { printf "%.1f", n / (b - a) }')"
  sample calls.failed "$(wc -l <"$WORK/failures")"
  sample calls.p99 "$(percentile 99 <"$WORK/latencies" | awk '{ if ($1 == "null") print; else printf "%.0f\n", $1 * 1000 }')"
  sleep 3
  ((done_calls == 0)) || sample calls.memory "$(awk -v a="$memory_before" -v b="$(memory_kib "$SERVER_PID")" -v n="$done_calls" \
    'BEGIN { printf "%.0f", (b - a) / n }')"
}

# For clients that are one process a call: $PARALLEL workers, each starting its share one after the other.
# Needs start_call NAME FIFO, which starts a client that writes a line to FIFO once its call is up.
set_up_with_processes() {
  local worker workers=()
  for ((worker = 0; worker < PARALLEL; worker++)); do
    (
      for ((i = worker; i < CALLS; i += PARALLEL)); do
        start=$EPOCHREALTIME
        rm -f "$WORK/call-$i"
        mkfifo "$WORK/call-$i"
        exec {up}<>"$WORK/call-$i"
        start_call "call-$i" "$WORK/call-$i"
        if read -r -t 20 -u "$up" _; then
          awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }' >>"$WORK/latencies"
        else
          echo "call-$i" >>"$WORK/failures"
        fi
        exec {up}>&-
        rm -f "$WORK/call-$i"
      done
    ) &
    workers+=($!)
  done
  wait "${workers[@]}"
}

# wait_up FIFO: the line a client's script writes when its tunnel is there.
wait_up() {
  local up
  exec {up}<>"$1"
  read -r -t 20 -u "$up" _ || { echo "bench/run: no tunnel within 20 s" >&2; return 1; }
  exec {up}>&-
  rm "$1"
}

# wait_port ADDRESS PORT: until something listens there.
wait_port() {
  for _ in {1..200}; do
    if inside_of srv bash -c "exec 3<>/dev/tcp/$1/$2" 2>/dev/null; then return 0; fi
    sleep 0.05
  done
  echo "bench/run: nothing listens on $1:$2 after 10 s" >&2
  return 1
}
