/* A binary heap of events: time, then order of scheduling. */
#ifndef EVENTS_H
#define EVENTS_H
#include <stdlib.h>

typedef struct {
  double time;
  unsigned long order;
  int what;
} Event;

static Event *heap;
static int heap_size, heap_room;
static unsigned long heap_order;

static inline int event_before(const Event *a, const Event *b) {
  return a->time < b->time || (a->time == b->time && a->order < b->order);
}

static inline void schedule(double time, int what) {
  if (heap_size == heap_room) heap = realloc(heap, sizeof(Event) * (heap_room = heap_room ? 2 * heap_room : 256));
  const Event e = {time, heap_order++, what};
  int i = heap_size++;
  while (i > 0) {
    const int parent = (i - 1) >> 1;
    if (event_before(&heap[parent], &e)) break;
    heap[i] = heap[parent];
    i = parent;
  }
  heap[i] = e;
}

static inline Event next_event(void) {
  const Event first = heap[0], last = heap[--heap_size];
  int i = 0;
  for (;;) {
    int child = 2 * i + 1;
    if (child >= heap_size) break;
    if (child + 1 < heap_size && event_before(&heap[child + 1], &heap[child])) child++;
    if (event_before(&last, &heap[child])) break;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = last;
  return first;
}
#endif
