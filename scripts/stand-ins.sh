# shellcheck shell=bash
# What stands in for the Internet's services in the demonstration: BIND 9 for the DNS service (updates by RFC 2136 with TSIG), Pebble
# for the public CA (ACME). To be sourced after demo-files.sh; $logs is the folder of the run, $internet the namespace they live in.

dns_address=203.0.113.53
acme_name=acme.demo.test
acme_directory=https://$acme_name:14000/dir
tsig_name=operator

# resolve_through_bind NAMESPACE: "ip netns exec" shows these in place of the files in /etc.
resolve_through_bind() {
  printf 'etc %s\n' "$1" >>"$ledger"
  as_root mkdir -p "/etc/netns/$1"
  printf 'nameserver %s\n' "$dns_address" | as_root tee "/etc/netns/$1/resolv.conf" >/dev/null
  printf '127.0.0.1 localhost\n' | as_root tee "/etc/netns/$1/hosts" >/dev/null
  # A host with systemd-resolved would ask that one, which knows nothing of the namespace.
  [ ! -e /etc/nsswitch.conf ] || printf 'hosts: files dns\n' | as_root tee "/etc/netns/$1/nsswitch.conf" >/dev/null
}

start_bind() {
  local folder=$logs/bind
  mkdir -p "$folder"
  cat >"$folder/named.conf" <<END_OF_FILE
options {
  directory "$folder";
  pid-file "$folder/named.pid";
  session-keyfile "$folder/session.key";
  listen-on { $dns_address; };
  listen-on-v6 { none; };
  recursion no;
  notify no;
};
controls { };
key "$tsig_name" { algorithm hmac-sha256; secret "$(cat "$demo/tsig")"; };
zone "." { type primary; file "root.zone"; };
zone "demo.test" { type primary; file "demo.test.zone"; update-policy { grant $tsig_name zonesub A AAAA TXT; }; };
END_OF_FILE
  cat >"$folder/root.zone" <<END_OF_FILE
\$TTL 60
. IN SOA ns.demo.test. hostmaster.demo.test. 1 3600 600 86400 5
. IN NS ns.demo.test.
demo.test. IN NS ns.demo.test.
ns.demo.test. IN A $dns_address
END_OF_FILE
  cat >"$folder/demo.test.zone" <<END_OF_FILE
\$TTL 60
@ IN SOA ns hostmaster 1 3600 600 86400 5
@ IN NS ns
ns IN A $dns_address
acme IN A $dns_address
@ IN CAA 0 issue "$acme_name"
END_OF_FILE
  # A copy: where AppArmor guards the one in /usr/sbin, it may read the distribution's folders only.
  cp "$(command -v named)" "$folder/named"
  start bind ip netns exec "$internet" "$folder/named" -g -4 -n 1 -c "$folder/named.conf"
  wait_until 20 "the start of BIND" grep -q ' running$' "$logs/bind.log"
}

start_pebble() {
  cat >"$logs/pebble.json" <<END_OF_FILE
{
  "pebble": {
    "listenAddress": "$dns_address:14000",
    "managementListenAddress": "$dns_address:15000",
    "certificate": "$demo/acme.crt",
    "privateKey": "$demo/acme.key",
    "httpPort": 80,
    "tlsPort": 443
  }
}
END_OF_FILE
  start pebble ip netns exec "$internet" env PEBBLE_VA_NOSLEEP=1 pebble -strict -config "$logs/pebble.json" -dnsserver "$dns_address:53"
  # Its root is another one at each start.
  wait_until 20 "the start of Pebble" fetch_acme_root
}

fetch_acme_root() {
  in_namespace "$client" curl --silent --fail --cacert "$demo/ca.crt" "https://$acme_name:15000/roots/0" >"$demo/acme-root.crt"
}
