# shellcheck shell=bash
# The files of the demonstration, made once and kept in .demo: a certificate authority, certificates, a user, and the
# manifests of examples/home-office in a form that needs no Internet. Deleting the folder makes new ones.

demo=$PWD/.demo
demo_name=vpn.demo.test
demo_user=demo

# make_demo_files with-stand-ins|own-certificate: the manifests ask BIND and Pebble for name and certificate, or bring a certificate along.
make_demo_files() {
  mkdir -p "$demo"
  chmod 700 "$demo"
  make_authority
  make_certificate tls "$demo_name"
  [ -s "$demo/password" ] || openssl rand -hex 12 >"$demo/password"
  chmod 600 "$demo/password"
  cat >"$demo/users.yaml" <<END
users:
  - name: $demo_user
    password: "$(cat "$demo/password")"
    groups: [staff]
END
  chmod 600 "$demo/users.yaml"
  local folder=$demo/manifests
  rm -rf "$folder"
  mkdir "$folder"
  make_user_manifests
  if [ "$1" = with-stand-ins ]; then
    make_certificate acme "$acme_name"
    [ -s "$demo/tsig" ] || openssl rand -base64 32 >"$demo/tsig"
    make_stand_in_manifests
    { gateway_head && gateway_templates && gateway_rest; } >"$folder/gateway.yaml"
  else
    make_certificate_manifest
    { gateway_head && gateway_secret && gateway_rest; } >"$folder/gateway.yaml"
  fi
  chmod 600 "$folder"/*
}

make_user_manifests() {
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
}

# A certificate of the demo's own authority in place of Let's Encrypt's, and a name that nobody publishes.
make_certificate_manifest() {
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
}

# The key for updates of the zone, and what the CA's own web server is trusted by.
make_stand_in_manifests() {
  cat >"$folder/stand-ins.yaml" <<END
apiVersion: v1
kind: Secret
metadata:
  name: tsig
  namespace: vpn
stringData:
  secret: $(cat "$demo/tsig")
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: acme-trust
  namespace: vpn
data:
  ca.crt: |
$(sed 's/^/    /' "$demo/ca.crt")
END
}

gateway_head() {
  cat <<END
apiVersion: vpn.sstp-operator.dev/v1alpha1
kind: VpnGateway
metadata:
  name: home
  namespace: vpn
spec:
  hostname: $demo_name
END
}

gateway_secret() {
  cat <<END
  certificate:
    secretName: vpn-tls
END
}

# A DdnsRecord and an SstpCertificate are made of these.
gateway_templates() {
  cat <<END
  publication:
    template:
      recordTypes: [A]
      source:
        kind: Interface
        interface:
          name: outside
        allowedRanges: ["203.0.113.0/24"]    # addresses that no Internet has
      provider:
        kind: Rfc2136
        rfc2136:
          servers: ["$dns_address"]
          tsig:
            keyName: $tsig_name
            secret:
              name: tsig
              key: secret
  certificate:
    template:
      issuer:
        kind: Acme
        acme:
          directory: $acme_directory
          termsOfServiceAgreed: true
          accountSecret:
            name: acme-account
          trustBundle:
            name: acme-trust
            key: ca.crt
          challenges:
            - kind: Dns01
              dns01:
                provider:
                  kind: Rfc2136
                  rfc2136:
                    servers: ["$dns_address"]
                    tsig:
                      keyName: $tsig_name
                      secret:
                        name: tsig
                        key: secret
                check:
                  settle: 0s                   # one server, so nobody lags behind
END
}

gateway_rest() {
  cat <<END
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
}

# The extensions say what a certificate may be used for; Windows insists on server authentication and a matching name.
make_authority() {
  pair_lasts "$demo/ca" && return
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 365 -subj "/CN=sstp-gateway demo authority" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" \
    -keyout "$demo/ca.key" -out "$demo/ca.crt" 2>/dev/null || fail "openssl could not make $demo/ca.crt: is the disk full?"
  rm -f "$demo/tls.crt" "$demo/acme.crt"
}

# make_certificate FILE NAME: for a server.
make_certificate() {
  local file=$demo/$1
  pair_lasts "$file" && return
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=$2" -keyout "$file.key" -out "$file.csr" 2>/dev/null ||
    fail "openssl could not make $file.key: is the disk full?"
  openssl x509 -req -in "$file.csr" -CA "$demo/ca.crt" -CAkey "$demo/ca.key" -days 90 -out "$file.crt" 2>/dev/null \
    -extfile <(printf '%s\n' "subjectAltName=DNS:$2" "basicConstraints=critical,CA:FALSE" "extendedKeyUsage=serverAuth") ||
    fail "openssl could not make $file.crt: is the disk full?"
  rm "$file.csr"
}

# A certificate and its key that are there, belong together and are good for another week. Whatever else became of them, new ones are made.
pair_lasts() {
  [ -s "$1.crt" ] && [ -s "$1.key" ] || return
  openssl x509 -in "$1.crt" -noout -checkend 604800 >/dev/null 2>&1 || return
  [ "$(openssl x509 -in "$1.crt" -noout -pubkey)" = "$(openssl pkey -in "$1.key" -pubout 2>/dev/null)" ]
}
