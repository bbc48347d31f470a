# shellcheck shell=bash
# The files of the demonstration, made once and kept in .demo: a certificate authority, a certificate, a user, and the
# manifests of examples/home-office as far as they make sense without an Internet. Deleting the folder makes new ones.

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
  make_manifests
}

# examples/home-office with a certificate of the demo's own authority in place of Let's Encrypt's, and without Duck DNS.
make_manifests() {
  local folder=$demo/manifests
  mkdir -p "$folder"
  cp examples/home-office/namespace.yaml "$folder/namespace.yaml"
  cat >"$folder/users.yaml" <<END
apiVersion: v1
kind: Secret
metadata:
  name: vpn-users
  namespace: vpn
stringData:
  users.yaml: |
$(sed 's/^/    /' "$demo/users.yaml")
END
  cat >"$folder/certificate.yaml" <<END
apiVersion: v1
kind: Secret
metadata:
  name: vpn-tls
  namespace: vpn
type: kubernetes.io/tls
stringData:
  tls.crt: |
$(sed 's/^/    /' "$demo/tls.crt")
  tls.key: |
$(sed 's/^/    /' "$demo/tls.key")
END
  cat >"$folder/gateway.yaml" <<END
apiVersion: vpn.sstp-operator.dev/v1alpha1
kind: VpnGateway
metadata:
  name: home
  namespace: vpn
spec:
  hostname: $demo_name
  certificate:
    secretName: vpn-tls
  authentication:
    usersSecret:
      name: vpn-users
  addressing:
    pools4: ["10.254.0.0/24"]
    pools6: ["fd00:254::/56"]
  network:
    defaultRoute: false                  # split tunnel: only these go through it
    routes: ["192.168.77.0/24"]
  dns:
    servers: ["192.168.77.10"]
    searchDomains: [corp.demo.test]
  drainTime: 1s
END
  chmod 600 "$folder"/*
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
