/* SPDX-License-Identifier: MIT */
#include "interrupt.h"

#include <signal.h>
#include <unistd.h>

atomic_int interrupted;

static void on_signal(int number) {
  if (interrupted) _exit(128 + number);
  interrupted = number;
}

void interrupt_catch(void) {
  struct sigaction on_interrupt = {.sa_handler = on_signal};
  sigaction(SIGINT, &on_interrupt, NULL);
  sigaction(SIGTERM, &on_interrupt, NULL);
}
