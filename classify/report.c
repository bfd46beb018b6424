/* SPDX-License-Identifier: MIT */
#include "report.h"
struct classify_report *classify_report_new(const struct classify_style *style) { (void)style; return NULL; }
void classify_report_destroy(struct classify_report *report) { (void)report; }
bool classify_report_add(struct classify_report *report, const struct classify_scored *scored) { (void)report; (void)scored; return true; }
bool classify_report_save(const struct classify_report *report, FILE *file) { (void)report; (void)file; return true; }
bool classify_report_load(struct classify_report *report, FILE *file) { (void)report; (void)file; return true; }
bool classify_report_write(const struct classify_report *report, const char *title, uint64_t min_count, struct stance_buffer *out) { (void)report; (void)title; (void)min_count; (void)out; return true; }
