/* What the engine counts of every run, counted by hand: of a resource the time with each number in use, with all units
 * in use and with somebody waiting, its integrals in all, by hour of the week and in at most 192 stretches of the run,
 * and its waits; of an activity how often it was asked for, begun and ended and how long that took; of those in the
 * system how many there are; and both sides of Little's law. The clock runs in minutes from a Monday. Without COUNTING
 * there is nothing of it. */
#ifndef COUNTING_H
#define COUNTING_H
#ifdef COUNTING
#include <stdio.h>
#include <stdlib.h>

enum { WEEK = 168, STRETCHES = 192 };

typedef struct {
  double last, edge;
  int busy, waiting, capacity, hour;
  double busy_time, waiting_time, capacity_time, short_time, over_time;
  double hour_busy, hour_waiting, stretch_busy, stretch_waiting, stretch_capacity;
  double kept_time, waited_time, wait_sum;
  long tick, served, waited;
  double *with; /* Time by number in use. */
} Census;

typedef struct {
  long waits, starts, ends;
  double wait_sum, time_sum;
} Activity;

typedef struct {
  double last, here_time, stay_sum, stay_time;
  long here, came, left;
} System;

static Census *censuses;
static int census_count;
static double counting_tick, counting_end;
static long counting_ticks, ticks_a_stretch;
/* Two numbers an hour and three a stretch; all resources of an hour or a stretch side by side. */
static double *by_hour, *by_stretch;

static void counting_begin(int count, const int *most, double tick, double end) {
  census_count = count;
  censuses = calloc(count, sizeof(Census));
  counting_tick = tick;
  counting_end = end;
  counting_ticks = (long)(end / tick + 0.999999);
  ticks_a_stretch = (counting_ticks + STRETCHES - 1) / STRETCHES;
  by_hour = calloc((size_t)count * WEEK * 2, sizeof(double));
  by_stretch = calloc((size_t)count * STRETCHES * 3, sizeof(double));
  for (int k = 0; k < count; k++) {
    censuses[k].edge = tick < end ? tick : end;
    censuses[k].with = calloc(most[k] + 1, sizeof(double));
  }
}

static inline void census_add(Census *c, double time) {
  c->busy_time += c->busy * time;
  c->capacity_time += c->capacity * time;
  if (c->busy > c->capacity) c->over_time += (c->busy - c->capacity) * time;
  if (c->waiting > 0) {
    c->waiting_time += c->waiting * time;
    c->short_time += time;
  }
  c->with[c->busy] += time;
}

/* What the hour brought, and the stretch where that ends with it. */
static void census_edge(Census *c) {
  const long which = c - censuses;
  double *hour = &by_hour[(c->hour * (long)census_count + which) * 2];
  hour[0] += c->busy_time - c->hour_busy;
  hour[1] += c->waiting_time - c->hour_waiting;
  c->hour_busy = c->busy_time;
  c->hour_waiting = c->waiting_time;
  c->tick++;
  if (c->tick % ticks_a_stretch == 0 || c->tick == counting_ticks) {
    double *stretch = &by_stretch[((c->tick - 1) / ticks_a_stretch * census_count + which) * 3];
    stretch[0] = c->busy_time - c->stretch_busy;
    stretch[1] = c->waiting_time - c->stretch_waiting;
    stretch[2] = c->capacity_time - c->stretch_capacity;
    c->stretch_busy = c->busy_time;
    c->stretch_waiting = c->waiting_time;
    c->stretch_capacity = c->capacity_time;
  }
  if (++c->hour == WEEK) c->hour = 0;
  const double next = (c->tick + 1) * counting_tick;
  c->edge = next < counting_end ? next : counting_end;
}

/* Accounts for the time until now; before any of the numbers changes. */
static inline void census_until(Census *c, double now) {
  if (now <= c->last) return;
  while (now > c->edge) {
    census_add(c, c->edge - c->last);
    c->last = c->edge;
    census_edge(c);
  }
  census_add(c, now - c->last);
  c->last = now;
}

static inline void census_busy(Census *c, double now, int by) {
  census_until(c, now);
  c->busy += by;
}

static inline void census_waiting(Census *c, double now, int by) {
  census_until(c, now);
  c->waiting += by;
}

static inline void census_served(Census *c, double wait) {
  c->served++;
  if (wait > 0) {
    c->waited++;
    c->wait_sum += wait;
    c->waited_time += wait;
  }
}

static inline void system_change(System *s, double now, int by) {
  s->here_time += s->here * (now - s->last);
  s->last = now;
  s->here += by;
}

static void counting_finish(void) {
  for (int k = 0; k < census_count; k++) {
    census_until(&censuses[k], counting_end);
    census_edge(&censuses[k]);
  }
}

/* The mean number in use and waiting of the first resources; what is counted by hour and by stretch must come to the same. */
static inline void counting_print(const char *const *names, int count) {
  for (int which = 0; which < 2; which++) {
    printf(which ? ",\"queue\":{" : ",\"busy\":{");
    for (int k = 0; k < count; k++) {
      const Census *c = &censuses[k];
      const double total = which ? c->waiting_time : c->busy_time;
      double hours = 0, stretches = 0;
      for (long hour = 0; hour < WEEK; hour++) hours += by_hour[(hour * census_count + k) * 2 + which];
      for (long s = 0; s < STRETCHES; s++) stretches += by_stretch[(s * census_count + k) * 3 + which];
      if (hours - total > 1e-6 * counting_end || total - hours > 1e-6 * counting_end || stretches - total > 1e-6 * counting_end ||
          total - stretches > 1e-6 * counting_end) {
        fprintf(stderr, "%s: hours, stretches and the whole differ: %g %g %g\n", names[k], hours, stretches, total);
        exit(1);
      }
      printf("%s\"%s\":%.9g", k ? "," : "", names[k], total / counting_end);
    }
    printf("}");
  }
}
#endif
#endif
