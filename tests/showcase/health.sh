# shellcheck shell=bash
# Argo CD's health script on objects of running operators, by the interpreter whose dialect Argo CD embeds. To be sourced after examples.sh.

# Reads a list of objects; writes lines KIND NAME STATUS MESSAGE.
health_of() {
  jq -r 'def lua: if type == "object" then "{" + (to_entries | map("[" + (.key | tojson) + "]=" + (.value | lua)) | join(",")) + "}"
      elif type == "array" then "{" + (map(lua) | join(",")) + "}" elif . == null then "nil" else tojson end;
    "local script = assert(loadfile(\"deploy/argocd/health.lua\"))",
    (.items[] | "obj = " + lua, "do local said = script() print(obj.kind, obj.metadata.name, said.status, said.message) end")' | lua5.1 -
}

# Everything at the site is ready.
check_health() {
  in_cluster get vpngw,ddns,sstpcert --all-namespaces -o json | health_of >"$site_folder/health"
  [ "$(awk '$3 == "Healthy"' "$site_folder/health" | wc -l)" -eq "$(wc -l <"$site_folder/health")" ] || { cat "$site_folder/health" >&2; fail "Argo CD would not call all of these healthy (see above)"; }
  say "Argo CD's script calls all $(wc -l <"$site_folder/health") resources of the site healthy"
}

# Nothing of an example has been ready yet, and none of it is at fault.
check_health_of_example() { # FOLDER
  for_examples get vpngw,ddns,sstpcert --all-namespaces -o json | health_of >"$site_folder/health"
  ! awk '$3 == "Degraded"' "$site_folder/health" | grep . >&2 || fail "$1: Argo CD would call this degraded although it is under way for the first time (see above)"
}
