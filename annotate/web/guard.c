/* SPDX-License-Identifier: MIT
 * Protection against cross-site requests. Another port of 127.0.0.1 is the same site and shares cookies, so neither
 * cookies nor "same-site" are sufficient. The session token is therefore in a header that only scripts of this origin
 * can set, and the browser's headers must tell the same origin. */
#include <string.h>

#include "request.h"

struct values {
  const char *name, *value;
  int count;
};

static enum MHD_Result count_value(void *context, enum MHD_ValueKind kind, const char *key, const char *value) {
  struct values *values = context;
  (void)kind;
  if (strcasecmp(key, values->name) == 0) {
    values->value = value;
    values->count++;
  }
  return MHD_YES;
}

static struct values find(struct MHD_Connection *connection, const char *name) {
  struct values values = {.name = name};
  MHD_get_connection_values(connection, MHD_HEADER_KIND, count_value, &values);
  return values;
}

const char *web_header(struct MHD_Connection *connection, const char *name) {
  struct values values = find(connection, name);
  return values.count == 1 ? values.value : NULL;
}

static bool is_own_host(const struct web_server *server, const char *host) {
  for (size_t i = 0; i < server->host_count; i++)
    if (strcasecmp(server->hosts[i], host) == 0) return true;
  return false;
}

static bool is_own_origin(const struct web_server *server, const char *origin, const char *host) {
  const char *scheme = server->is_https ? "https://" : "http://";
  size_t length = strlen(scheme);
  return strncmp(origin, scheme, length) == 0 && strcasecmp(origin + length, host) == 0;
}

int web_guard(const struct web_server *server, struct MHD_Connection *connection, const char *method, const char *path,
              const char **why) {
  const char *host = web_header(connection, "Host"), *site, *type;
  bool is_post = strcmp(method, "POST") == 0, is_page = strcmp(path, "/") == 0;
  *why = "this address is not the server's own name";
  if (!host || !is_own_host(server, host)) return MHD_HTTP_MISDIRECTED_REQUEST;
  *why = "only GET and POST are answered";
  if (!is_post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) return MHD_HTTP_METHOD_NOT_ALLOWED;
  struct values fetch = find(connection, "Sec-Fetch-Site"), origin = find(connection, "Origin");
  site = fetch.value;
  *why = "another site asked";
  /* a link in a mail may open the page, which has no data */
  bool is_followed_link = is_page && !is_post && site && web_header(connection, "Sec-Fetch-Mode") &&
                          strcmp(web_header(connection, "Sec-Fetch-Mode"), "navigate") == 0;
  if (fetch.count > 1 ||
      (fetch.count && !is_followed_link && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0))
    return MHD_HTTP_FORBIDDEN;
  if (origin.count > 1 || (origin.count && !is_own_origin(server, origin.value, host))) return MHD_HTTP_FORBIDDEN;
  if (!is_post) return 0;
  *why = "a POST needs the header Origin";
  if (!origin.count) return MHD_HTTP_FORBIDDEN;
  *why = "a POST needs JSON: Content-Type: application/json";
  type = web_header(connection, "Content-Type");
  if (!type || strncasecmp(type, "application/json", 16) != 0 || (type[16] && type[16] != ';' && type[16] != ' '))
    return MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
  return 0;
}
