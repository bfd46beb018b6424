/* SPDX-License-Identifier: MIT
 * Functions shared by the routes: fields of a request, and refusals. */
#include "request.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void web_refuse(struct web_request *request, int code, const char *format, ...) {
  char text[700];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  stance_buffer_clear(&request->out);
  stance_buffer_puts(&request->out, "{\"error\":");
  stance_buffer_json_text(&request->out, text);
  stance_buffer_putc(&request->out, '}');
  request->code = code;
}

void web_refuse_error(struct web_request *request, const struct stance_error *error) {
  web_refuse(request, error->status == STANCE_SYSTEM ? MHD_HTTP_SERVICE_UNAVAILABLE : MHD_HTTP_CONFLICT, "%s%s%s",
             error->file, *error->file ? ": " : "", error->message);
}

const char *web_text(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  return cJSON_IsString(item) ? item->valuestring : NULL;
}

double web_number(const cJSON *object, const char *key, double fallback) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  return cJSON_IsNumber(item) && item->valuedouble > -1e15 && item->valuedouble < 1e15 ? item->valuedouble : fallback;
}

const char *web_query(const struct web_request *request, const char *key) {
  return MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, key);
}

size_t web_query_number(const struct web_request *request, const char *key, size_t fallback, size_t most) {
  const char *text = web_query(request, key);
  if (!text || !*text || strspn(text, "0123456789") != strlen(text) || strlen(text) > 9) return fallback;
  size_t number = strtoul(text, NULL, 10);
  return number < most ? number : most;
}
