/* test.network - test.chaos as a stage with the network. */
#define CHAOS_NETWORK
#include "test.chaos.c"
