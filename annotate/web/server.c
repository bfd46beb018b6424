/* SPDX-License-Identifier: MIT
 * The daemon (libmicrohttpd, a thread for each connection): reads bodies up to a limit, checks and routes requests, and
 * answers with headers that let browsers run only the program's own files. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/screen.h"
#include "request.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

static const char *const headers[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
     "form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

static int64_t monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- answers --------------------------------------------------------------------------------------------- */

static enum MHD_Result send_bytes(struct MHD_Connection *connection, int code, const char *type, const void *bytes,
                                  size_t length, enum MHD_ResponseMemoryMode mode, bool closes) {
  struct MHD_Response *response = MHD_create_response_from_buffer(length, (void *)(uintptr_t)bytes, mode);
  if (!response) return MHD_NO;
  for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
    MHD_add_response_header(response, headers[i][0], headers[i][1]);
  MHD_add_response_header(response, "Content-Type", type);
  if (closes) MHD_add_response_header(response, "Connection", "close");
  if (code == MHD_HTTP_METHOD_NOT_ALLOWED) MHD_add_response_header(response, "Allow", "GET, HEAD, POST");
  enum MHD_Result result = MHD_queue_response(connection, (unsigned)code, response);
  MHD_destroy_response(response);
  return result;
}

/* After a label is on the disk, the connection must not end without an answer, or browsers would send it again. */
static enum MHD_Result answer(struct web_request *request, bool closes) {
  static const char no_memory[] = "{\"error\":\"out of memory\"}";
  if (request->out.failed || !request->out.data)
    return send_bytes(request->connection, MHD_HTTP_SERVICE_UNAVAILABLE, "application/json", no_memory,
                      sizeof no_memory - 1, MHD_RESPMEM_PERSISTENT, closes);
  return send_bytes(request->connection, request->code, "application/json; charset=utf-8", request->out.data,
                    request->out.length, MHD_RESPMEM_MUST_COPY, closes);
}

static enum MHD_Result refuse_now(struct web_request *request, int code, const char *why) {
  web_refuse(request, code, "%s", why);
  return answer(request, true);
}

/* ---- requests -------------------------------------------------------------------------------------------- */

static enum MHD_Result run(struct web_request *request) {
  const char *bytes, *type;
  size_t length;
  if (strcmp(request->method, "POST") != 0 && web_asset(request->path, &bytes, &length, &type))
    return send_bytes(request->connection, MHD_HTTP_OK, type, bytes, length, MHD_RESPMEM_PERSISTENT, false);
  request->code = MHD_HTTP_OK;
  web_route_run(request);
  return answer(request, false);
}

static enum MHD_Result begin(struct web_server *server, struct MHD_Connection *connection, const char *path,
                             const char *method, void **own) {
  struct web_request *request = calloc(1, sizeof *request);
  const char *why, *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
  if (!request) return MHD_NO; /* nothing was written yet */
  *own = request;
  request->server = server;
  request->connection = connection;
  request->started = monotonic();
  request->method = method;
  request->path = path;
  atomic_fetch_add(&server->running, 1);
  pthread_rwlock_rdlock(&server->lists); /* waits until the server's host names are known */
  int code = web_guard(server, connection, method, path, &why);
  pthread_rwlock_unlock(&server->lists);
  if (code) return refuse_now(request, code, why);
  if (length && strtoull(length, NULL, 10) > WEB_BODY_MAX)
    return refuse_now(request, MHD_HTTP_CONTENT_TOO_LARGE, "the request is too long");
  return MHD_YES;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path, const char *method,
                              const char *version, const char *data, size_t *size, void **own) {
  struct web_request *request = *own;
  (void)version;
  if (!request) return begin(context, connection, path, method, own);
  request->path = path;
  request->method = method;
  if (*size) {
    if (monotonic() - request->started > WEB_REQUEST_SECONDS * 1000)
      return MHD_NO; /* the body arrives too slowly; nothing has been written yet */
    if (request->body.length + *size > WEB_BODY_MAX) request->is_too_long = true;
    else stance_buffer_append(&request->body, data, *size);
    *size = 0;
    return request->is_too_long && request->body.length ? (stance_buffer_free(&request->body), MHD_YES) : MHD_YES;
  }
  if (request->is_too_long) return refuse_now(request, MHD_HTTP_CONTENT_TOO_LARGE, "the request is too long");
  return run(request);
}

static void finish(void *context, struct MHD_Connection *connection, void **own, enum MHD_RequestTerminationCode how) {
  struct web_request *request = *own;
  (void)context;
  (void)connection;
  (void)how;
  if (!request) return;
  atomic_fetch_sub(&request->server->running, 1);
  cJSON_Delete(request->json);
  stance_arena_free(&request->arena);
  stance_buffer_free(&request->body);
  stance_buffer_free(&request->out);
  free(request);
  *own = NULL;
}

/* ---- starting -------------------------------------------------------------------------------------------- */

static bool is_loopback(const struct sockaddr_storage *address) {
  if (address->ss_family == AF_INET)
    return (ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24) == 127;
  return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
}

static enum stance_status parse_address(const struct annotate_web_options *options, struct sockaddr_storage *address,
                                        struct stance_error *error) {
  const char *text = options->bind ? options->bind : "127.0.0.1";
  struct sockaddr_in *four = (struct sockaddr_in *)address;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;
  memset(address, 0, sizeof *address);
  if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(options->port);
  } else if (inet_pton(AF_INET6, text, &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(options->port);
  } else {
    return stance_fail(error, STANCE_INPUT, "'%.60s' is no address; expected one like 127.0.0.1 or ::1", text);
  }
  bool has_tls = options->certificate && options->key;
  if (is_loopback(address) || has_tls || options->is_behind_proxy) return STANCE_OK;
  return stance_fail(error, STANCE_USAGE,
                     "--bind %.60s is open to others: give --cert and --key, or --behind-proxy where a proxy ends TLS",
                     text);
}

/* Whether the host names a port ("stance.example:8443"); an IPv6 address has more colons. */
static bool has_port(const char *host) {
  const char *colon = strrchr(host, ':');
  return colon && (colon == strchr(host, ':') || colon[-1] == ']');
}

static enum stance_status add_host(struct web_server *server, const char *name, uint16_t port,
                                   struct stance_error *error) {
  char **hosts = realloc(server->hosts, (server->host_count + 2) * sizeof *hosts);
  if (!hosts) return stance_fail_memory(error);
  server->hosts = hosts;
  if (asprintf(&hosts[server->host_count], "%s:%u", name, port) < 0) return stance_fail_memory(error);
  server->host_count++;
  bool is_usual = has_port(name) || port == (server->is_https ? 443 : 80) || server->options->is_behind_proxy;
  if (!is_usual) return STANCE_OK;
  if (!(hosts[server->host_count] = strdup(name))) return stance_fail_memory(error);
  server->host_count++;
  return STANCE_OK;
}

static enum stance_status invite(struct web_server *server, const char *what, uint16_t port, annotate_web_say *say,
                                 void *context, struct stance_error *error) {
  char token[WEB_TOKEN_LENGTH + 1], line[400];
  const char *equals = strchr(what, '=');
  int role = equals ? web_role_parse(equals + 1) : WEB_ANNOTATOR;
  char name[ANNOTATE_NAME_MAX + 2];
  snprintf(name, sizeof name, "%.*s", (int)(equals ? equals - what : (ptrdiff_t)strlen(what)), what);
  if (role < 0)
    return stance_fail(error, STANCE_USAGE,
                       "--invite %.80s: '%.40s' is no role; expected annotator, adjudicator or lead", what, equals + 1);
  STANCE_TRY(web_people_invite(&server->people, server->project, name, (enum web_role)role, annotate_clock_wall(NULL),
                               token, error));
  const char *host = server->options->host_count ? server->options->hosts[0]
                     : server->options->bind     ? server->options->bind
                                                 : "127.0.0.1";
  bool is_six = strchr(host, ':') != NULL && *host != '[' && !has_port(host);
  char at[16] = "";
  if (!server->options->is_behind_proxy && !has_port(host)) snprintf(at, sizeof at, ":%u", port);
  snprintf(line, sizeof line, "%s\t%s\t%s://%s%.200s%s%s/#enter=%s", name, web_role_names[role],
           server->is_https ? "https" : "http", is_six ? "[" : "", host, is_six ? "]" : "", at, token);
  say(context, line);
  return STANCE_OK;
}

static enum stance_status read_pem(const char *path, struct stance_arena *arena, char **text,
                                   struct stance_error *error) {
  size_t length;
  *text = NULL;
  return path ? stance_file_read(path, 1 << 20, arena, text, &length, error) : STANCE_OK;
}

static enum stance_status start(struct web_server *server, struct stance_arena *arena, struct MHD_Daemon **daemon,
                                uint16_t *port, struct stance_error *error) {
  struct sockaddr_storage address;
  char *certificate, *key;
  STANCE_TRY(parse_address(server->options, &address, error));
  STANCE_TRY(read_pem(server->options->certificate, arena, &certificate, error));
  STANCE_TRY(read_pem(server->options->key, arena, &key, error));
  unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL;
  if (address.ss_family == AF_INET6) flags |= MHD_USE_IPv6;
  if (certificate) flags |= MHD_USE_TLS;
  const struct MHD_OptionItem tls[] = {{certificate ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0, certificate},
                                       {MHD_OPTION_HTTPS_MEM_KEY, 0, key},
                                       {MHD_OPTION_END, 0, NULL}};
  errno = 0;
  *daemon = MHD_start_daemon(
      flags, 0, NULL, NULL, handle, server, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_TIMEOUT,
      (unsigned)WEB_REQUEST_SECONDS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)WEB_CONNECTIONS_MAX,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)(server->options->is_behind_proxy ? 0 : WEB_CONNECTIONS_EACH),
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32 * 1024, MHD_OPTION_THREAD_STACK_SIZE, (size_t)512 * 1024,
      MHD_OPTION_NOTIFY_COMPLETED, finish, NULL, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
  if (!*daemon)
    return stance_fail(error, STANCE_INPUT, "cannot listen on port %u of %.60s: %s", server->options->port,
                       server->options->bind ? server->options->bind : "127.0.0.1",
                       errno ? strerror(errno) : "the certificate or key is not usable");
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(*daemon, MHD_DAEMON_INFO_BIND_PORT);
  *port = info ? info->port : server->options->port;
  return STANCE_OK;
}

static enum stance_status open_server(struct web_server *server, struct stance_error *error) {
  pthread_rwlock_init(&server->lists, NULL);
  pthread_mutex_init(&server->enter_mutex, NULL);
  server->is_https = server->options->is_behind_proxy || server->options->certificate;
  STANCE_TRY(web_people_open(server->project, &server->people, error));
  if (!server->people.count && !server->options->invitation_count)
    return stance_fail(error, STANCE_USAGE,
                       "nobody could enter yet: --invite NAME=lead makes a link for who leads the study");
  return web_seats_open(server->project, server->units, &server->seats, error);
}

static enum stance_status set_hosts(struct web_server *server, uint16_t port, struct stance_error *error) {
  static const char *const loopback[] = {"127.0.0.1", "localhost", "[::1]"};
  for (size_t i = 0; i < 3; i++) STANCE_TRY(add_host(server, loopback[i], port, error));
  if (server->options->bind) STANCE_TRY(add_host(server, server->options->bind, port, error));
  for (size_t i = 0; i < server->options->host_count; i++)
    STANCE_TRY(add_host(server, server->options->hosts[i], port, error));
  return STANCE_OK;
}

enum stance_status annotate_web_run(const struct annotate_project *project, struct annotate_units *units,
                                    const struct annotate_web_options *options, annotate_web_say *say, void *context,
                                    struct stance_error *error) {
  struct web_server server = {.project = project, .units = units, .options = options};
  struct stance_arena arena = {0};
  struct MHD_Daemon *daemon = NULL;
  uint16_t port = 0;
  enum stance_status status = open_server(&server, error);
  pthread_rwlock_wrlock(&server.lists); /* no request is answered before the host names are known */
  if (status == STANCE_OK) status = start(&server, &arena, &daemon, &port, error);
  if (status == STANCE_OK) status = set_hosts(&server, port, error);
  pthread_rwlock_unlock(&server.lists);
  for (size_t i = 0; i < options->invitation_count && status == STANCE_OK; i++)
    status = invite(&server, options->invitations[i], port, say, context, error);
  if (status == STANCE_OK) say(context, "");
  while (status == STANCE_OK && !*options->stop) {
    const struct timespec second = {.tv_sec = 0, .tv_nsec = 250 * 1000 * 1000};
    nanosleep(&second, NULL);
    web_seats_tidy(&server.seats, annotate_clock_elapsed(NULL));
  }
  if (daemon) {
    MHD_quiesce_daemon(daemon);
    MHD_stop_daemon(daemon);
  }
  web_seats_close(&server.seats);
  web_people_close(&server.people);
  for (size_t i = 0; i < server.host_count; i++) free(server.hosts[i]);
  free(server.hosts);
  stance_arena_free(&arena);
  return status;
}
