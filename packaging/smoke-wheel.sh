#!/usr/bin/env bash
# Builds wheel and sdist, installs each into a fresh environment and does a newcomer's first things with it:
# packaging/smoke-wheel.sh [PYTHON]. Needs an index for the dependencies.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${1:-python3}
work=$(mktemp -d "${TMPDIR:-/tmp}/refseg-smoke.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/build"
"$work/build/bin/python" -m pip install --quiet hatchling
"$work/build/bin/python" -m hatchling build --directory "$work/dist"
for built in "$work"/dist/*.whl "$work"/dist/*.tar.gz; do
    "$python" -m venv --clear "$work/fresh"
    "$work/fresh/bin/python" -m pip install --quiet "$built"
    (
        # Elsewhere, so that nothing of the checkout is imported.
        cd "$work"
        export HOME="$work/home" QT_QPA_PLATFORM=offscreen REFSEG_OFFLINE=1
        mkdir -p "$HOME"
        "$work/fresh/bin/refseg-annotator" --version
        "$work/fresh/bin/refseg-annotator" demo --no-window --out "$work/demo-${built##*.}"
        "$work/fresh/bin/refseg-annotator" models list
        "$work/fresh/bin/refseg-annotator" report "$work/report-${built##*.}.zip" --quick
    )
    echo "ok: ${built##*/}"
done
