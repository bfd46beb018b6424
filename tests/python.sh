# Sourced by goldens: PYTHON, one that has the modules named in NEEDS; skips the golden where there is none. With a library built for
# AddressSanitizer its runtime goes first.
PYTHON=
for candidate in python3 /usr/bin/python3; do
  if "$candidate" -c "import $NEEDS" 2>/dev/null; then PYTHON=$candidate; break; fi
done
[ -n "$PYTHON" ] || { echo "SKIP: no python3 has $NEEDS"; exit 77; }
export STANCEKIT_LIBRARY=$BUILD/libstance.so.0 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$ROOT/bindings/python
unset STANCE_DATA
if nm -D "$BUILD/libstance.so" | grep -q __asan; then
  export LD_PRELOAD="$(${CC:-cc} -print-file-name=libasan.so) $(${CC:-cc} -print-file-name=libubsan.so)" ASAN_OPTIONS=detect_leaks=0
fi
