# Sourced by goldens that run a page's commands: the folder becomes one that looks like a checkout after `make`.
ln -s "$ROOT/corpora" corpora
ln -s "$ROOT/tests" tests
mkdir build
ln -s "$STANCE" build/stance
ln -s "$BUILD/default.model" build/default.model
export STANCE_DATA="$BUILD"
