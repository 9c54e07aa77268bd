#!/usr/bin/env bash
# ingest.sh: what the appliance takes in per second, beside the peers and beside what the disk allows, all in one run.
# usage: tests/ClinicalSuite.Benchmarks/ingest.sh [-n 500] [--rounds 3] [--work DIR] [--large 100000] [--program FILE] [--no-peers]
#   -n         instances of 512 x 512 a row            --rounds  each row so often; the best of each counts
#   --work     where all servers write (one disk)      --large N also the rate of 64 x 64 instances at 1,000 and at N stored
# Rows: bare loop (bench durable-write), storescp --fork (no flush), Orthanc (fsync), ours durable, ours without flushes; 1, 4 and
# 16 associations. Quote ratios of one run, never absolute numbers. TCP_NODELAY=1 at both ends: without it dcmtk waits for delayed
# acknowledgements. Needs dcmtk, orthanc and python3. Each server starts with an empty store; ours takes 200 instances before it counts.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd); root=$(cd "$here/../.." && pwd)
n=500 rounds=3 work=${TMPDIR:-/tmp} large=0 peers=1 program=$root/artifacts/bin/ClinicalSuite.Cli/release/clinicalsuite
while [ $# -gt 0 ]; do
  case $1 in
  -n) n=$2; shift 2 ;; --rounds) rounds=$2; shift 2 ;; --work) work=$2; shift 2 ;; --large) large=$2; shift 2 ;;
  --program) program=$2; shift 2 ;; --no-peers) peers=0; shift ;;
  *) sed -n '2,8s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
export TCP_NODELAY=1 LC_ALL=C DOTNET_TieredPGO=0   # as ./clinicalsuite serve
scratch=$(mktemp -d "$work/ingest.XXXXXX"); server=; run=0
declare -A best rss
cleanup() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$scratch"; }
trap cleanup EXIT
port() { /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
make() { run=$((run + 1)); rm -rf "$scratch/send"; "$here/make-instances.py" "$scratch/send" "$1" --ways "$2" --size "${3:-512}" --studies "${4:-1}" --run "$run$$"; }
answers() { for _ in $(seq 300); do echoscu -aet BENCH -aec "$1" 127.0.0.1 "$2" 2>/dev/null && return; sleep 0.1; done; echo "$1 does not answer" >&2; exit 1; }
# send AET PORT WAYS COUNT: images a second
send() {
  local jobs=() failed=0 start end k
  start=$(date +%s.%N)
  for k in $(seq 0 $(($3 - 1))); do storescu -q -aet BENCH -aec "$1" +sd 127.0.0.1 "$2" "$scratch/send/$k" >/dev/null 2>&1 & jobs+=($!); done
  for k in "${jobs[@]}"; do wait "$k" || failed=$((failed + 1)); done
  end=$(date +%s.%N)
  [ $failed = 0 ] || echo "$failed of $3 senders failed at $1" >&2
  awk -v s="$start" -v e="$end" -v n="$4" 'BEGIN { printf "%.1f", n / (e - s) }'
}
keep() { # label ways rate
  printf '%-22s %5d %9.0f\n' "$1" "$2" "$3"
  best["$1/$2"]=$(awk -v a="${best["$1/$2"]:-0}" -v b="$3" 'BEGIN { print (a > b ? a : b) }')
}
peak() { awk -v a="${rss[$1]:-0}" -v b="$(awk '/^VmHWM/ { print $2 }' "/proc/$2/status")" 'BEGIN { print (a > b ? a : b) }'; }
stop() { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=; }

bare() { keep "bare loop" "$1" "$("$program" bench durable-write --threads "$1" --input "$scratch" | sed -n 's/.*"seconds":\([0-9.]*\).*/\1/p' | awk '{ printf "%.1f", 200 / $1 }')"; }
storescp_row() {
  local p; p=$(port); mkdir -p "$scratch/scp"
  storescp -q --fork -aet SCP -od "$scratch/scp" "$p" >/dev/null 2>&1 & server=$!
  answers SCP "$p"; make "$n" "$1"; keep "storescp --fork" "$1" "$(send SCP "$p" "$1" "$n")"
  stop; rm -rf "$scratch/scp"
}
orthanc_row() {
  local p h; p=$(port); h=$(port); mkdir -p "$scratch/orthanc"
  cat >"$scratch/orthanc.json" <<J
{ "Name": "bench", "StorageDirectory": "$scratch/orthanc", "IndexDirectory": "$scratch/orthanc", "HttpPort": $h, "DicomPort": $p, "DicomAet": "ORTHANC",
  "RemoteAccessAllowed": false, "AuthenticationEnabled": false, "DicomAlwaysAllowStore": true, "DicomAlwaysAllowEcho": true, "SyncStorageArea": true,
  "OverwriteInstances": false, "DicomThreadsCount": 16, "Plugins": [] }
J
  "$(command -v Orthanc || echo /usr/sbin/Orthanc)" "$scratch/orthanc.json" >/dev/null 2>&1 & server=$!
  answers ORTHANC "$p"; make "$n" "$1"; keep "Orthanc (fsync)" "$1" "$(send ORTHANC "$p" "$1" "$n")"
  rss[orthanc]=$(peak orthanc "$server"); stop; rm -rf "$scratch/orthanc"
}
serve() { # settings: leaves $p
  p=$(port); echo "$1" >"$scratch/settings.json"
  "$program" serve --data "$scratch/data" --settings "$scratch/settings.json" --http-port 0 --dicom-port "$p" --accept ANY >"$scratch/serve.log" 2>&1 & server=$!
  answers CLINICALSUITE "$p"
}
ours() { # label settings ways
  local p; serve "$2"; make 200 4; send CLINICALSUITE "$p" 4 200 >/dev/null
  make "$n" "$3"; keep "$1" "$3" "$(send CLINICALSUITE "$p" "$3" "$n")"
  rss[ours]=$(peak ours "$server"); stop; rm -rf "$scratch/data"
}
echo "$n instances of 525 kB a row, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $rounds rounds"
printf '%-22s %5s %9s\n' server assoc images/s
for round in $(seq "$rounds"); do
  for ways in 1 4 16; do
    bare $ways
    [ $peers = 0 ] || { storescp_row $ways; orthanc_row $ways; }
    ours "ours, durable" '{}' $ways
    ours "ours, no flushes" '{ "benchmarkWithoutFlushes": true }' $ways
  done
done
echo; echo "ratios of the best rows"
ratio() { awk -v l="$1" -v w="$2" -v a="${best["$3/$2"]:-0}" -v b="${best["$4/$2"]:-0}" -v t="$5" 'BEGIN { if (b > 0) printf "%-34s %2d associations %6.2f  (target %s)  %s\n", l, w, a / b, t, (a / b >= t) ? "met" : "MISSED" }'; }
for ways in 1 4 16; do
  ratio "durable / Orthanc" $ways "ours, durable" "Orthanc (fsync)" 2
  ratio "durable / bare loop" $ways "ours, durable" "bare loop" 0.7
  ratio "without flushes / storescp --fork" $ways "ours, no flushes" "storescp --fork" 0.8
done
[ $peers = 0 ] || awk -v a="${rss[ours]}" -v b="${rss[orthanc]}" 'BEGIN { printf "peak memory: ours %.0f MB, Orthanc %.0f MB  %s\n", a / 1024, b / 1024, (a < b) ? "met" : "MISSED" }'
if [ "$large" -gt 0 ]; then
  # 64 x 64, four associations, studies of 500: the rate of a thousand instances after a thousand, and after N.
  serve '{}'; make 1000 4 64 2; send CLINICALSUITE "$p" 4 1000 >/dev/null
  first=0 last=0
  for _ in 1 2 3; do make 1000 4 64 2; r=$(send CLINICALSUITE "$p" 4 1000); first=$(awk -v a=$first -v b="$r" 'BEGIN { print (a > b ? a : b) }'); done
  stored=4000
  while [ $stored -lt "$large" ]; do make 4000 4 64 8; send CLINICALSUITE "$p" 4 4000 >/dev/null; stored=$((stored + 4000)); done
  for _ in 1 2 3; do make 1000 4 64 2; r=$(send CLINICALSUITE "$p" 4 1000); last=$(awk -v a=$last -v b="$r" 'BEGIN { print (a > b ? a : b) }'); done
  stop
  awk -v a="$first" -v b="$last" -v n="$large" 'BEGIN { printf "64 x 64: %.0f/s at 1,000 stored, %.0f/s at %d: %.2f  (target 0.9)  %s\n", a, b, n, b / a, (b / a >= 0.9) ? "met" : "MISSED" }'
fi
