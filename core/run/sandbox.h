/* sandbox - what a worker gives up before it sees the first byte of an input.
 *
 * No file can be written, made or removed by name, except /dev/null (landlock);
 * no socket, not even one that was open; no other program, no look into another
 * process (seccomp). Calls that
 * are refused fail with EACCES or EPERM: a stage that tries loses the document.
 * Reading stays free, for libraries that load tables when they need them. What
 * the kernel does not offer is left out. */
#ifndef GALLEY_RUN_SANDBOX_H
#define GALLEY_RUN_SANDBOX_H

#include <stdbool.h>

/* For the rest of the process's life. network: sockets are allowed, and who may use
 * none cannot reach into this process's memory (unless it runs as root). */
void sandbox_enter(bool network);

#endif
