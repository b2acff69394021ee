/* M/M/10 with a load of 0.8, written by hand: prints events, CPU seconds and the mean number in use and waiting.
 * First come, first served, so that the number of those whose service began says who it is.
 *   mmc SEED CUSTOMERS */
#include <stdio.h>
#include <time.h>
#include "random.h"
#include "events.h"

enum { ARRIVAL = -1 };

int main(int count, char **arguments) {
  const long customers = count > 2 ? atol(arguments[2]) : 1000000;
  const clock_t start = clock();
  random_begin(count > 1 ? strtoull(arguments[1], 0, 10) : 1);
  double *queue = malloc(sizeof(double) * 1024);
  long room = 1024, head = 0, waiting = 0;
  double now = 0, busy_time = 0, queue_time = 0, wait_sum = 0;
  long arrived = 0, served = 0, events = 0;
  int busy = 0;
  random_for(0, 0, 0, 0);
  schedule(exponential(), ARRIVAL);
  while (heap_size > 0) {
    const Event e = next_event();
    busy_time += busy * (e.time - now);
    queue_time += waiting * (e.time - now);
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
        if (waiting == room) {
          double *more = malloc(sizeof(double) * room * 2);
          for (long i = 0; i < waiting; i++) more[i] = queue[(head + i) & (room - 1)];
          free(queue);
          queue = more;
          room *= 2;
          head = 0;
        }
        queue[(head + waiting++) & (room - 1)] = now;
      }
    } else if (waiting > 0) {
      wait_sum += now - queue[head];
      head = (head + 1) & (room - 1);
      waiting--;
      random_for(served++, 0, 1, 0);
      schedule(now + 8 * exponential(), 0);
    } else {
      busy--;
    }
  }
  printf("{\"events\":%ld,\"seconds\":%.6f,\"busy\":%.6f,\"queue\":%.6f,\"wait\":%.6f}\n", events,
         (double)(clock() - start) / CLOCKS_PER_SEC, busy_time / now, queue_time / now, wait_sum / customers);
}
