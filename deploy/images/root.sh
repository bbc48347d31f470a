#!/bin/bash
# root.sh PUBLISH-FOLDER PROGRAM ROOT: lays out ROOT, the root folder of an image, from what `dotnet publish` made.
# Run where the libraries of the image shall come from: Debian 12 here, the build stage in a Dockerfile.
set -euo pipefail
[ $# -eq 3 ] || { echo "usage: $0 PUBLISH-FOLDER PROGRAM ROOT" >&2; exit 2; }
publish=$1 program=$2 root=$3
[ -x "$publish/$program" ] || { echo "$publish/$program is not a program; publish it with --self-contained" >&2; exit 1; }

# What the loader finds by itself, and what .NET and the gateway open by name.
loaded=(libssl.so.3 libcrypto.so.3)
[ "$program" != sstp-gateway ] || loaded+=(libnftables.so.1)

copy_library() { # PATH
  [ ! -e "$root$1" ] || return 0
  mkdir -p "$root$(dirname "$1")"
  cp -L --preserve=mode "$1" "$root$1"
}

libraries_of() { # FILE: paths that ldd resolves; a static program has none
  ldd "$1" 2>/dev/null | grep -o '/[^ )]*' || true
}

mkdir -p "$root"/{etc/ssl/certs,proc,sys,dev,tmp,"opt/$program"}
chmod 1777 "$root/tmp"
while IFS= read -r file; do
  install -D -m "$(stat -c %a "$file")" "$file" "$root/opt/$program/${file#"$publish"/}"
done < <(find "$publish" -type f ! -name '*.pdb' ! -name '*.xml')

for name in "${loaded[@]}"; do
  path=$(ldconfig -p | sed -n "s#.*$name (libc6,x86-64) => ##p" | head -n 1)
  [ -n "$path" ] || { echo "$name is not installed here" >&2; exit 1; }
  copy_library "$path"
  for needed in $(libraries_of "$path"); do copy_library "$needed"; done
done
while IFS= read -r file; do
  for needed in $(libraries_of "$file"); do copy_library "$needed"; done
done < <(find "$root/opt/$program" -type f \( -perm -u+x -o -name '*.so' \))

echo 'sstp:x:65532:65532::/:/nonexistent' >"$root/etc/passwd"
echo 'sstp:x:65532:' >"$root/etc/group"
[ ! -e /etc/ssl/certs/ca-certificates.crt ] || cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"

if [ "$program" = sstp-gateway ]; then
  install -d -m 0755 -o 65532 -g 65532 "$root/var/lib/sstp-gateway"
  setcap cap_net_admin,cap_net_bind_service=ep "$root/opt/$program/$program"
fi
