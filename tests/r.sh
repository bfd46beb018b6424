# Sourced by tests of the R package: it is built and found on this build's library. Skips where there is no R.
command -v R >/dev/null || { echo "SKIP: no R"; exit 77; }
unset STANCE_DATA
export STANCE_CFLAGS="-I$ROOT/stance" STANCE_LIBS="-L$BUILD -Wl,-rpath,$BUILD -lstance" STANCE_ARTICLES=$ROOT/corpora/articles
# Not in the checkout: R builds where the sources are.
cp -r "$ROOT/bindings/r" package
asan=$(nm -D "$BUILD/libstance.so" | grep -q __asan && ${CC:-cc} -print-file-name=libasan.so)
