/* SPDX-License-Identifier: MIT
 * The files of page/, included in the program by the assembler (.incbin). */
#include <string.h>

#include "request.h"

/*   symbol        path in the browser   file               type */
#define WEB_ASSETS(X)                                                             \
  X(page, "/", "index.html", "text/html; charset=utf-8")                          \
  X(style, "/style.css", "style.css", "text/css; charset=utf-8")                  \
  X(icon, "/favicon.svg", "favicon.svg", "image/svg+xml")                         \
  X(app, "/app.js", "app.js", "text/javascript; charset=utf-8")                   \
  X(api, "/api.js", "api.js", "text/javascript; charset=utf-8")                   \
  X(keys, "/keys.js", "keys.js", "text/javascript; charset=utf-8")                \
  X(dom, "/dom.js", "dom.js", "text/javascript; charset=utf-8")                   \
  X(sentence, "/sentence.js", "sentence.js", "text/javascript; charset=utf-8")    \
  X(label, "/label.js", "label.js", "text/javascript; charset=utf-8")             \
  X(matrix, "/matrix.js", "matrix.js", "text/javascript; charset=utf-8")          \
  X(mend, "/mend.js", "mend.js", "text/javascript; charset=utf-8")                \
  X(pages, "/pages.js", "pages.js", "text/javascript; charset=utf-8")             \
  X(practice, "/practice.js", "practice.js", "text/javascript; charset=utf-8")    \
  X(lead, "/lead.js", "lead.js", "text/javascript; charset=utf-8")                \
  X(agreement, "/agreement.js", "agreement.js", "text/javascript; charset=utf-8") \
  X(gold, "/gold.js", "gold.js", "text/javascript; charset=utf-8")

#define WEB_INCLUDE(symbol, path, file, type)                                                                      \
  extern const char web_asset_##symbol[], web_asset_##symbol##_end[];                                              \
  __asm__(".section .rodata\n.global web_asset_" #symbol "\n.global web_asset_" #symbol "_end\nweb_asset_" #symbol \
          ":\n.incbin \"annotate/web/page/" file "\"\nweb_asset_" #symbol "_end:\n.byte 0\n.previous\n");
WEB_ASSETS(WEB_INCLUDE)

static const struct {
  const char *path, *type, *start, *end;
} assets[] = {
#define WEB_ROW(symbol, path, file, type) {path, type, web_asset_##symbol, web_asset_##symbol##_end},
    WEB_ASSETS(WEB_ROW)};

bool web_asset(const char *path, const char **bytes, size_t *length, const char **type) {
  for (size_t i = 0; i < sizeof assets / sizeof *assets; i++) {
    if (strcmp(assets[i].path, path) != 0) continue;
    *bytes = assets[i].start;
    *length = (size_t)(assets[i].end - assets[i].start);
    *type = assets[i].type;
    return true;
  }
  return false;
}
