#!/usr/bin/env bash
# The one check: packages, format, locked restore, build, every suite, the science suite again without SIMD.
# usage: ./check.sh [--full]      --full runs the long campaigns (fuzzing, kill -9, all phantom seeds) in full
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
case "${1:-}" in
  --full) export CLINICALSUITE_FULL=1 ;;
  "") ;;
  *) sed -n '2,3s/^# //p' "$0" >&2; exit 2 ;;
esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 TCP_NODELAY=1
step() { printf '== %s (%ds)\n' "$1" "$SECONDS"; }

step "packages"
deploy/install-packages.sh deploy/packages.txt tests/packages.txt

step "format"
dotnet format whitespace . --folder --exclude artifacts --verify-no-changes

step "restore and build"
dotnet restore ClinicalSuite.sln --locked-mode -v quiet
mark=$(mktemp)
dotnet build ClinicalSuite.sln -c Release --no-restore -v quiet -nologo -maxcpucount:2 -nodeReuse:false
mv "$mark" artifacts/.built

rm -rf artifacts/trx; mkdir -p artifacts/trx
suites=0 status=0
# run NAME SUITE [ENV=VALUE...]: each suite is a program of its own; a host that dies leaves no result file and so fails the count below.
run() {
  local name=$1 suite=$2; shift 2
  step "$name"
  suites=$((suites + 1))
  env "$@" timeout --kill-after=30 2400 "artifacts/bin/ClinicalSuite.$suite.Tests/release/ClinicalSuite.$suite.Tests" \
    -trx "artifacts/trx/$name.trx" -noLogo -noColor -longRunning 120 >"artifacts/trx/$name.log" 2>&1 || { status=1; tail -n 60 "artifacts/trx/$name.log"; }
  grep -E '\[SKIP\]' -A1 "artifacts/trx/$name.log" || true
}
run standards Standards
run science Science
run science-without-simd Science DOTNET_EnableHWIntrinsic=0
run science-without-avx512 Science DOTNET_EnableAVX512=0
run clinic Clinic
run appliance Appliance
run acceptance Acceptance
step "done"

# The sum over all result files, and exactly as many files as suites: a host that crashed must not count as success.
cat artifacts/trx/*.trx | tr '>' '\n' | awk -v want="$suites" -v status="$status" '
  /<Counters /{ for (i = 1; i <= NF; i++) { split($i, a, "\"")
      if ($i ~ /^total=/) t += a[2]; if ($i ~ /^executed=/) e += a[2]; if ($i ~ /^passed=/) p += a[2]
      if ($i ~ /^(failed|error|timeout|aborted)=/) f += a[2] } n++ }
  END { if (n != want) { printf "%d of %d suites left a result\n", n, want; f++ }
        printf "%d passed, %d failed, %d skipped\n", p, f, t - e; exit !(n == want && f == 0 && p > 0 && status == 0) }'
