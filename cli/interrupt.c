/* SPDX-License-Identifier: MIT */
#include "interrupt.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

atomic_int interrupted;

static char at_once[160]; /* message for an immediate end; empty: end in good order */

static void on_signal(int number) {
  if (*at_once && !interrupted && write(STDERR_FILENO, at_once, strlen(at_once)) >= 0) _exit(128 + number);
  if (interrupted) _exit(128 + number);
  interrupted = number;
}

void interrupt_catch(void) {
  struct sigaction on_interrupt = {.sa_handler = on_signal};
  sigaction(SIGINT, &on_interrupt, NULL);
  sigaction(SIGTERM, &on_interrupt, NULL);
}

void interrupt_at_once(const char *what, const char *so) {
  char message[sizeof at_once] = "";
  if (what) snprintf(message, sizeof message, "stance %s: interrupted; %s\n", what, so);
  char first = *message;
  *at_once = '\0'; /* a signal may come during the change */
  memcpy(at_once + 1, message + 1, sizeof at_once - 1);
  atomic_signal_fence(memory_order_seq_cst);
  *at_once = first;
}
