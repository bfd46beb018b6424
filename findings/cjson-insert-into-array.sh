#!/usr/bin/env bash
# Debian 12's libcjson 1.7.15-1+deb12u4: cJSON_InsertItemInArray(array, which, item) puts an item at the front and (as documented) behind the
# last one, but into the middle it puts nothing: it returns false, and the item stays the caller's. A caller that does not look at the result
# loses the item and its memory.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/insert.c" <<'END'
#include <cjson/cJSON.h>
#include <stdio.h>
int main(void) {
  for (int at = 0; at < 4; at++) {
    cJSON *array = cJSON_Parse("[1,2,3]");
    int is_put = cJSON_InsertItemInArray(array, at, cJSON_CreateString("new"));
    printf("at %d: %d %s\n", at, is_put, cJSON_PrintUnformatted(array));
  }
}
END
dpkg-query -W -f '${Package} ${Version}\n' libcjson1
cc "$work/insert.c" -lcjson -o "$work/insert"
"$work/insert" | tee "$work/seen"
diff - "$work/seen" <<'END'
at 0: 1 ["new",1,2,3]
at 1: 0 [1,2,3]
at 2: 0 [1,2,3]
at 3: 1 [1,2,3,"new"]
END
