#!/usr/bin/env bash
# Makes this checkout ready to run: system libraries, a Python, and .venv as uv.lock has it.
#
# Guarantees: costs next to nothing and needs no network when everything is there; says in one
# sentence what is missing when it cannot be installed from here.
# Does not: touch anything outside this folder, except by apt-get on Debian and Ubuntu.
#
# Usage: tools/setup.sh            what running and testing need
#        tools/setup.sh installer  and what building the installer needs

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH

VENV=.venv
PYTHON=$VENV/bin/python
STAMP=$VENV/ready

# What Qt's wheels load but do not carry: shared library and its Debian package. The first block
# is needed even without a screen; the second shows windows on X11.
QT_LIBRARIES="
libglib-2.0.so.0:libglib2.0-0
libGL.so.1:libgl1
libEGL.so.1:libegl1
libxkbcommon.so.0:libxkbcommon0
libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1
libbrotlidec.so.1:libbrotli1
libX11.so.6:libx11-6

libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-shape.so.0:libxcb-shape0
libxcb-xkb.so.1:libxcb-xkb1
libxkbcommon-x11.so.0:libxkbcommon-x11-0
"
[ -z "${WAYLAND_DISPLAY:-}" ] || QT_LIBRARIES+="
libwayland-client.so.0:libwayland-client0
libwayland-cursor.so.0:libwayland-cursor0
libwayland-egl.so.1:libwayland-egl1
"

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
on_debian() { has apt-get && has dpkg-query; }

# --- system packages ---------------------------------------------------------------------------

missing_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    local cache entry
    cache=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || return 0
    for entry in $QT_LIBRARIES; do
        [[ $cache == *"${entry%%:*}"* ]] || echo "${entry##*:}"
    done
}

missing_for_installer() {
    has objdump || echo binutils
    "$PYTHON" - <<'PY'
import sys
from pathlib import Path
from sysconfig import get_config_var

debian = Path(sys.base_prefix) == Path("/usr") and Path("/etc/debian_version").exists()
library = get_config_var("INSTSONAME") or ""
if debian and not list(Path("/usr/lib").glob(f"*/{library}*")):
    print(f"libpython3.{sys.version_info.minor}")
PY
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    on_debian && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }
}

# Ubuntu 24.04 renamed some libraries to NAMEt64 and kept the old name as an alias.
known_names() {
    local name
    for name in "$@"; do
        if apt-cache show "${name}t64" >/dev/null 2>&1; then echo "${name}t64"; else echo "$name"; fi
    done
}

install_packages() {
    local log
    log=$(mktemp)
    say "installing $*"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2046  # one word a package
    if as_root apt-get -qq update </dev/null >"$log" 2>&1 &&
        as_root apt-get -qq -y --no-install-recommends install $(known_names "$@") \
            </dev/null >>"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        fail "apt-get could not install them: see the lines above."
    fi
}

need() {
    [ $# -gt 0 ] || return 0
    if may_install; then
        install_packages "$@"
    elif on_debian; then
        fail "run this first, then try again: sudo apt-get install --no-install-recommends $*"
    else
        fail "install what Debian calls: $*; then try again."
    fi
}

# --- Python ------------------------------------------------------------------------------------

new_enough() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1
}

find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3 python3.14; do
        if has "$name" && new_enough "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

ensure_python() {
    BASE=$(find_python) && return
    if on_debian; then
        need python3 python3-venv
        BASE=$(find_python) && return
    fi
    fail "install Python 3.11 or newer (python.org, or your system's packages), then try again."
}

ensure_venv_module() {
    "$BASE" -c 'import ensurepip, venv' 2>/dev/null && return
    need "$("$BASE" -c 'import sys; print(f"python3.{sys.version_info.minor}-venv")')"
}

# --- the environment ---------------------------------------------------------------------------

wanted() {
    # Dependencies decide, not the settings of the tools that follow them in pyproject.toml.
    { cat uv.lock tools/setup.sh; sed '/^\[tool\.ruff\]/,$d' pyproject.toml; } | cksum
    pwd # the program is installed from where it lies
}

is_ready() {
    [ -x "$PYTHON" ] && [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$(wanted)" ]
}

find_uv() {
    if [ -x "$VENV/bin/uv" ]; then
        UV=$VENV/bin/uv
    elif uv --version >/dev/null 2>&1; then
        UV=uv
    else
        say "installing uv into $VENV"
        ensure_venv_module
        "$BASE" -m venv --clear "$VENV"
        "$PYTHON" -m pip install --quiet --disable-pip-version-check uv \
            || fail "uv could not be fetched from PyPI: connect to the internet once, then try again."
        UV=$VENV/bin/uv
    fi
}

make_environment() {
    say "making $VENV from uv.lock"
    ensure_python
    [ ! -e "$VENV" ] || new_enough "$PYTHON" || rm -rf "$VENV"
    find_uv
    local python=$BASE
    [ ! -x "$PYTHON" ] || python=$PYTHON
    UV_PROJECT_ENVIRONMENT=$VENV UV_PYTHON_DOWNLOADS=never \
        "$UV" sync --frozen --quiet --no-progress --python "$python" </dev/null \
        || fail "the packages in uv.lock could not be installed: see the lines above."
    wanted >"$STAMP"
}

# shellcheck disable=SC2046  # one word a package
need $(missing_libraries)
is_ready || make_environment
# shellcheck disable=SC2046
[ "${1:-}" != installer ] || need $(missing_for_installer)
