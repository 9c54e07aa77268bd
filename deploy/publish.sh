#!/usr/bin/env bash
# Makes the program with its runtime, to be copied to a machine without the .NET SDK.
# usage: deploy/publish.sh DIR
set -euo pipefail
[ $# -eq 1 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
dotnet publish "$root/src/ClinicalSuite.Cli" -c Release -r linux-x64 --self-contained true -v quiet -nologo -nodeReuse:false \
  -p:RestorePackagesWithLockFile=false -o "$1"
