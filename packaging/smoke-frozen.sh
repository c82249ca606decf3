#!/usr/bin/env bash
# Tries a frozen program where there is no Python: packaging/smoke-frozen.sh FOLDER/refseg-annotator PHOTO
# As root it runs in a root folder that holds nothing but the C library and zlib; else with an empty environment.
# Then its window is opened in an empty environment and must put the photo into a project: under Xvfb, a real X server,
# where there is one, else on Qt's offscreen platform, which is said.
set -euo pipefail
dist=$(cd "$1" && pwd) photo=$(realpath "$2")
work=$(mktemp -d "${TMPDIR:-/tmp}/refseg-smoke.XXXXXX")
root="$work/root"
clean() {
    for place in app dev/null dev/urandom proc; do umount -l "$root/$place" 2>/dev/null || true; done
    # Never through a mount that stayed.
    rm -rf --one-file-system "$work"
}
trap clean EXIT

mkdir -p "$root/app"
if [ "$(id -u)" = 0 ] && [ "$(uname -s)" = Linux ] && mount --bind "$dist" "$root/app" 2>/dev/null; then
    mkdir -p "$root"/{tmp,proc,dev,home}
    mount -t proc proc "$root/proc" || echo "no /proc may be mounted here: it goes without" >&2
    for device in null urandom; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    loader=$(ldd /bin/sh | grep -o '/[^ ]*ld-linux[^ ]*')
    for library in "$loader" $(ldconfig -p | grep -E '(libc|libm|libpthread|libdl|librt|libutil|libresolv|libgcc_s|libz)\.so\.[0-9]+ ' |
        grep -o '/[^ ]*$'); do
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
    done
    cp "$photo" "$root/home/photo.img"
    env -i HOME=/home "$(command -v chroot)" "$root" /app/refseg-annotator segment /home/photo.img "the cat" --guess -o /home/mask.png
    test -s "$root/home/mask.png"
    echo "ok: it segments a photo in a root folder without Python"
else
    cd "$work"
    env -i HOME="$work" "$dist/refseg-annotator" segment "$photo" "the cat" --guess -o mask.png
    test -s mask.png
    echo "ok: it segments a photo in an empty environment (no root folder of its own could be made here)"
fi

mkdir -p "$work/home"
cat >"$work/window.sh" <<END
echo \$\$ >"$work/window.pid"
exec env -i HOME="$work/home" DISPLAY="\${DISPLAY:-}" XAUTHORITY="\${XAUTHORITY:-}" QT_QPA_PLATFORM="\$1" \
    "$(command -v timeout)" 300 "$dist/refseg-annotator" "$photo"
END
if command -v xvfb-run >/dev/null; then
    where="under X11"
    xvfb-run -a -s "-screen 0 1440x900x24" sh "$work/window.sh" xcb >"$work/window.log" 2>&1 &
else
    where="offscreen (there is no Xvfb here)"
    sh "$work/window.sh" offscreen >"$work/window.log" 2>&1 &
fi
window=$!
found=
for _ in $(seq 280); do
    # The photo is in the project's log as soon as it is open.
    if grep -qaF "$(basename "$photo")" "$work"/home/.local/share/refseg-annotator/untitled-*.refseg* 2>/dev/null; then
        found=yes
        break
    fi
    kill -0 "$window" 2>/dev/null || break
    sleep 1
done
# timeout passes it on to the program; xvfb-run then ends its server.
kill "$(cat "$work/window.pid")" 2>/dev/null || true
wait "$window" 2>/dev/null || true
if [ -z "$found" ]; then
    cat "$work/window.log" >&2
    echo "the window did not open the photo $where" >&2
    exit 1
fi
echo "ok: its window opens a photo $where"
