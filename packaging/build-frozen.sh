#!/usr/bin/env bash
# Makes a folder that runs where there is no Python: packaging/build-frozen.sh FOLDER [PYTHON]
# PYTHON's environment must have what the program needs; PyInstaller is added where it is missing. The result is
# FOLDER/refseg-annotator, some gigabytes with a torch that carries CUDA, a fraction with the CPU build.
set -euo pipefail
mkdir -p "$1"
out=$(cd "$1" && pwd) python=${2:-python3}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/refseg-freeze.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$python" -c "import PyInstaller" 2>/dev/null || "$python" -m pip install --quiet "pyinstaller>=6.11,<7"
"$python" -m PyInstaller --noconfirm --log-level WARN --distpath "$out" --workpath "$work" packaging/refseg-annotator.spec
du -sh "$out/refseg-annotator"
