#!/usr/bin/env sh
# Show the program in this user's menu and open *.refseg with it. Undo: the same with --remove.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
icon=$here/../../resources/icons/app.svg

if [ "${1:-}" = --remove ]; then
    rm -f "$share/applications/refseg-annotator.desktop" "$share/mime/packages/refseg-annotator.xml" \
        "$share/icons/hicolor/scalable/apps/refseg-annotator.svg"
else
    mkdir -p "$share/applications" "$share/mime/packages" "$share/icons/hicolor/scalable/apps"
    cp "$here/refseg-annotator.desktop" "$share/applications/"
    cp "$here/refseg-annotator.xml" "$share/mime/packages/"
    if [ -f "$icon" ]; then
        cp "$icon" "$share/icons/hicolor/scalable/apps/refseg-annotator.svg"
    fi
fi
# Both are caches: where the tool is missing, the desktop reads the files themselves at the next login.
if command -v update-mime-database >/dev/null && [ -d "$share/mime/packages" ]; then update-mime-database "$share/mime"; fi
if command -v update-desktop-database >/dev/null && [ -d "$share/applications" ]; then
    update-desktop-database "$share/applications"
fi
