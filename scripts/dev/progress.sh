# SPDX-License-Identifier: Apache-2.0
# How commands show what they do: one line per step, the log's tail when a step fails.
logs=$root/build/logs

# A plain sentence for a failure, on standard error.
fail() {
  printf 'error: %s\n' "$*" >&2
}

# Of a command whose only option is --check: ends it where something else was passed.
accept_check_only() { # ARGUMENT...
  if [ $# -eq 0 ] || [ "$1" = --check ]; then return; fi
  usage >&2
  fail "there is no option \"$1\""
  exit 2
}

elapsed() {
  printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60))
}

# Shows that something still runs, with the log's last line: on a terminal each second in place, else
# every 30 seconds. Runs until killed.
heartbeat() { # TITLE LOG
  local begin=$SECONDS last line='[%s] %s ... %d s  %s\n'
  if [ -t 1 ]; then line='\r\033[K[%s] %s ... %d s  %s'; fi
  while sleep 1 > /dev/null 2>&1; do
    if [ -t 1 ] || [ $(((SECONDS - begin) % 30)) -eq 29 ]; then
      last=$(tail -n 1 "$2" 2>/dev/null | tr -cd '[:print:]' | cut -c1-60)
      printf "$line" "$(elapsed)" "$1" $((SECONDS - begin)) "$last"
    fi
  done
}

stop_heartbeat() { # PID
  kill "$1" 2>/dev/null
  wait "$1" 2>/dev/null
  if [ -t 1 ]; then printf '\r\033[K'; fi
}

# Runs a command quietly; its output goes to build/logs/NAME.log. On failure prints the log's tail and
# a sentence, and returns the command's status.
step() { # NAME TITLE COMMAND...
  local name=$1 title=$2 begin=$SECONDS status=0 beat
  shift 2
  mkdir -p "$logs"
  local log=$logs/$name.log
  : > "$log"
  heartbeat "$title" "$log" &
  beat=$!
  "$@" > "$log" 2>&1 < /dev/null || status=$?
  stop_heartbeat "$beat"
  if [ "$status" -eq 0 ]; then
    printf '[%s] %s: done in %d s\n' "$(elapsed)" "$title" $((SECONDS - begin))
    return 0
  fi
  printf '[%s] %s: failed; the end of its output:\n' "$(elapsed)" "$title"
  tail -n 40 "$log" | sed 's/^/    /'
  fail "$title failed; the whole output is in ${log#"$root"/}"
  return "$status"
}

# Runs a command whose output the user wants to see; it goes to build/logs/NAME.log as well.
show() { # NAME TITLE COMMAND...
  local name=$1 title=$2 status=0
  shift 2
  mkdir -p "$logs"
  printf '\n[%s] %s\n' "$(elapsed)" "$title"
  "$@" 2>&1 < /dev/null | tee "$logs/$name.log" || status=$?
  return "$status"
}
