# Sourced by the scripts that run a row of checks: every check runs even when one fails, and the end tells.

failed_steps=()

# step NAME COMMAND…: runs the command, says how long it took, remembers a failure.
step() {
  local name=$1 started=$SECONDS
  shift
  echo "== $name"
  if "$@" </dev/null; then
    echo "   ok, $((SECONDS - started)) s"
  else
    echo "   FAILED, $((SECONDS - started)) s: $name"
    failed_steps+=("$name")
  fi
}

# conclude WHAT: says whether WHAT passed; ends the script with 1 when a step failed.
conclude() {
  if [ ${#failed_steps[@]} -gt 0 ]; then
    printf "$1 failed: %s\n" "${failed_steps[@]}"
    exit 1
  fi
  echo "$1 passed"
}
