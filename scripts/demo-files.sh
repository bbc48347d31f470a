# shellcheck shell=bash
# The files of the demonstration, made once and kept in .demo: a certificate authority, a certificate, a user, the
# gateway's configuration. Deleting the folder makes new ones.

demo=$PWD/.demo
demo_name=vpn.demo.test
demo_user=demo

make_demo_files() {
  mkdir -p "$demo"
  chmod 700 "$demo"
  make_authority
  make_certificate
  [ -s "$demo/password" ] || openssl rand -hex 12 >"$demo/password"
  chmod 600 "$demo/password"
  cat >"$demo/users.yaml" <<END
users:
  - name: $demo_user
    password: "$(cat "$demo/password")"
    groups: [staff]
END
  chmod 600 "$demo/users.yaml"
  cat >"$demo/gateway.yaml" <<END
hostname: $demo_name
tls:
  certificates:
    - certificateFile: $demo/tls.crt
      keyFile: $demo/tls.key
authentication:
  methods: [eapMsChapV2, msChapV2]
  usersFile: $demo/users.yaml
addressing:
  pools4: ["10.254.0.0/24"]
  pools6: ["fd00:254::/56"]
  leaseFile: $demo/leases.json
network:
  defaultRoute: false                  # split tunnel: only these go through it
  routes: ["192.168.77.0/24"]
dns:
  servers: ["192.168.77.10"]
  searchDomains: [corp.demo.test]
admin:
  listen: unix:$demo/admin.sock
drainTime: 1s
END
}

# The extensions say what a certificate may be used for; Windows insists on server authentication and a matching name.
make_authority() {
  certificate_lasts "$demo/ca.crt" && return
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 365 -subj "/CN=sstp-gateway demo authority" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" \
    -keyout "$demo/ca.key" -out "$demo/ca.crt" 2>/dev/null
  rm -f "$demo/tls.crt"
}

make_certificate() {
  certificate_lasts "$demo/tls.crt" && return
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=$demo_name" \
    -keyout "$demo/tls.key" -out "$demo/tls.csr" 2>/dev/null
  openssl x509 -req -in "$demo/tls.csr" -CA "$demo/ca.crt" -CAkey "$demo/ca.key" -days 90 -out "$demo/tls.crt" 2>/dev/null \
    -extfile <(printf '%s\n' "subjectAltName=DNS:$demo_name" "basicConstraints=critical,CA:FALSE" "extendedKeyUsage=serverAuth")
  rm "$demo/tls.csr"
}

# A certificate that is there and good for another week.
certificate_lasts() { [ -s "$1" ] && openssl x509 -in "$1" -noout -checkend 604800 >/dev/null; }
