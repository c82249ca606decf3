#!/usr/bin/env bash
# Builds wheel and sdist, installs each into a fresh environment and does a newcomer's first things with it:
#   packaging/smoke-wheel.sh [PYTHON]          everything from an index, as on a new machine (some minutes, gigabytes)
#   packaging/smoke-wheel.sh --here [PYTHON]   the dependencies of PYTHON's own environment, which must have `.[test]`
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
here=
if [ "${1:-}" = --here ]; then
    here=yes
    shift
fi
python=${1:-python3}
work=$(mktemp -d "${TMPDIR:-/tmp}/refseg-smoke.XXXXXX")
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1

if [ -n "$here" ]; then
    builder=$python
else
    "$python" -m venv "$work/build"
    builder=$work/build/bin/python
    "$builder" -m pip install --quiet hatchling
fi
"$builder" -m hatchling build --directory "$work/dist"

for built in "$work"/dist/*.whl "$work"/dist/*.tar.gz; do
    kind=${built##*.}
    "$python" -m venv --clear "$work/fresh"
    if [ -n "$here" ]; then
        # Behind the fresh environment's own packages, so that the one just installed is found first.
        own=$("$work/fresh/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
        "$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >"$own/dependencies.pth"
        "$work/fresh/bin/python" -m pip install --quiet --no-deps --no-build-isolation --force-reinstall "$built"
    else
        "$work/fresh/bin/python" -m pip install --quiet "$built"
    fi
    (
        # Elsewhere, so that nothing of the checkout is imported.
        mkdir -p "$work/$kind/home"
        cd "$work/$kind"
        unset PYTHONPATH
        export HOME="$work/$kind/home" QT_QPA_PLATFORM=offscreen REFSEG_OFFLINE=1
        program="$work/fresh/bin/refseg-annotator"
        "$work/fresh/bin/python" -c "
import pathlib, refseg_annotator, sys
assert pathlib.Path(refseg_annotator.__file__).is_relative_to(sys.argv[1]), refseg_annotator.__file__" "$work/fresh"
        "$program" --version
        "$program" doctor
        "$program" demo --no-window --out demo
        "$program" segment demo/coco/images/chelsea.png "the cat" -o cat.png
        test -s cat.png
        "$program" validate demo/coco
        "$program" models list
        "$program" report report.zip --quick
        printf 'the window is painted after, in milliseconds: '
        REFSEG_STARTED_AT=$("$work/fresh/bin/python" -c 'import time; print(time.monotonic())') \
            "$work/fresh/bin/python" -c 'from refseg_annotator.cli.benchmark import report_first_window as w; w()'
    )
    echo "ok: ${built##*/}"
done
