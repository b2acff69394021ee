/* M/M/10 with a load of 0.8, written by hand: prints events, CPU seconds and the mean number in use and waiting.
 * First come, first served, so that the number of those whose service began says who it is. Compiled with COUNTING, it
 * counts what the engine counts (counting.h) and ends, as the engine does, after as many time units as customers.
 *   mmc SEED CUSTOMERS */
#include <stdio.h>
#include <time.h>
#include "random.h"
#include "events.h"
#include "counting.h"

enum { ARRIVAL = -1 };

/* Since when those wait who do, in a ring. */
typedef struct {
  double *since;
  long room, head, count;
} Queue;

static inline void join(Queue *queue, double now) {
  if (queue->count == queue->room) {
    double *more = malloc(sizeof(double) * queue->room * 2);
    for (long i = 0; i < queue->count; i++) more[i] = queue->since[(queue->head + i) & (queue->room - 1)];
    free(queue->since);
    queue->since = more;
    queue->room *= 2;
    queue->head = 0;
  }
  queue->since[(queue->head + queue->count++) & (queue->room - 1)] = now;
}

static inline double leave(Queue *queue) {
  const double since = queue->since[queue->head];
  queue->head = (queue->head + 1) & (queue->room - 1);
  queue->count--;
  return since;
}

int main(int count, char **arguments) {
  const long customers = count > 2 ? atol(arguments[2]) : 1000000;
  const clock_t start = clock();
  random_begin(count > 1 ? strtoull(arguments[1], 0, 10) : 1);
  Queue queue = {malloc(sizeof(double) * 1024), 1024, 0, 0};
  double now = 0, busy_time = 0, queue_time = 0, wait_sum = 0;
  long arrived = 0, served = 0, events = 0;
  int busy = 0;
#ifdef COUNTING
  enum { SERVERS = 10 };
  const int most = SERVERS;
  const double end = customers;
  counting_begin(1, &most, 3600, end);
  censuses[0].capacity = SERVERS;
  Activity step = {0};
  System system = {0};
  /* Of each server the customer's arrival and the begin of the service; the servers that are free. */
  double came[SERVERS], began[SERVERS];
  int idle[SERVERS], idle_count = SERVERS;
  for (int k = 0; k < SERVERS; k++) idle[k] = k;
#endif
  random_for(0, 0, 0, 0);
  schedule(exponential(), ARRIVAL);
#ifdef COUNTING
  while (heap_size > 0 && heap[0].time < end) {
    const Event e = next_event();
    now = e.time;
    events++;
    int server = e.what;
    double arrival = now;
    if (e.what == ARRIVAL) {
      arrived++;
      random_for(arrived, 0, 0, 0);
      schedule(now + exponential(), ARRIVAL);
      system_change(&system, now, 1);
      system.came++;
      if (busy == SERVERS) {
        census_waiting(&censuses[0], now, 1);
        join(&queue, now);
        continue;
      }
      server = idle[--idle_count];
    } else {
      step.ends++;
      step.time_sum += now - began[server];
      censuses[0].kept_time += now - began[server];
      census_busy(&censuses[0], now, -1);
      busy--;
      system_change(&system, now, -1);
      system.left++;
      system.stay_sum += now - came[server];
      if (queue.count == 0) {
        idle[idle_count++] = server;
        continue;
      }
      arrival = leave(&queue);
      census_waiting(&censuses[0], now, -1);
    }
    busy++;
    census_busy(&censuses[0], now, 1);
    census_served(&censuses[0], now - arrival);
    step.waits++;
    step.starts++;
    step.wait_sum += now - arrival;
    came[server] = arrival;
    began[server] = now;
    random_for(served++, 0, 1, 0);
    schedule(now + 8 * exponential(), server);
  }
  now = end;
  counting_finish();
  system_change(&system, now, 0);
  busy_time = censuses[0].busy_time;
  queue_time = censuses[0].waiting_time;
  wait_sum = step.wait_sum;
#else
  while (heap_size > 0) {
    const Event e = next_event();
    busy_time += busy * (e.time - now);
    queue_time += queue.count * (e.time - now);
    now = e.time;
    events++;
    if (e.what == ARRIVAL) {
      if (++arrived < customers) {
        random_for(arrived, 0, 0, 0);
        schedule(now + exponential(), ARRIVAL);
      }
      if (busy < 10) {
        busy++;
        random_for(served++, 0, 1, 0);
        schedule(now + 8 * exponential(), 0);
      } else {
        join(&queue, now);
      }
    } else if (queue.count > 0) {
      wait_sum += now - leave(&queue);
      random_for(served++, 0, 1, 0);
      schedule(now + 8 * exponential(), 0);
    } else {
      busy--;
    }
  }
#endif
  printf("{\"events\":%ld,\"seconds\":%.6f,\"busy\":%.6f,\"queue\":%.6f,\"wait\":%.6f}\n", events,
         (double)(clock() - start) / CLOCKS_PER_SEC, busy_time / now, queue_time / now, wait_sum / customers);
}
