/* The urgent-care network, written by hand: sixteen resources, four classes, boarding in cubicles. Prints events
 * (arrivals and delays that ended), CPU seconds, and by class the patients who left and their mean time, by resource the
 * mean wait for it. Compiled with COUNTING, it counts what the engine counts (counting.h), and prints for each resource
 * the mean number in use and waiting too.
 *   network SEED DAYS [COPIES]     copies of the whole network run side by side in one model */
#include <stdio.h>
#include <time.h>
#include "random.h"
#include "events.h"
#include "counting.h"

enum {
  CLERK, TRIAGE_ROOM, NURSE, DOCTOR, RESUS_BAY, CT, RADIOGRAPHER, CUBICLE,
  LAB_TECH, WARD_BED, PORTER, MINOR_ROOM, NP, GP, PHARMACIST, X_RAY, RESOURCES
};
static const char *const NAMES[RESOURCES] = {
  "Clerk", "TriageRoom", "Nurse", "Doctor", "ResusBay", "CT", "Radiographer", "Cubicle",
  "LabTech", "WardBed", "Porter", "MinorRoom", "NP", "GP", "Pharmacist", "XRayRoom"
};
/* Night 00-08, day 08-16, evening 16-24. */
static const int CAPACITY[RESOURCES][3] = {
  {1, 2, 2}, {3, 3, 3}, {3, 5, 5}, {2, 4, 4}, {3, 3, 3}, {2, 2, 2}, {1, 3, 3}, {14, 14, 14},
  {2, 4, 4}, {62, 62, 62}, {1, 1, 1}, {3, 3, 3}, {1, 3, 3}, {1, 2, 1}, {1, 1, 1}, {1, 1, 1}
};
static const double RATE[24] = {.40, .35, .30, .30, .30, .35, .50, .75, 1.10, 1.50, 1.70, 1.70,
                                1.60, 1.50, 1.45, 1.45, 1.40, 1.40, 1.35, 1.30, 1.20, 1.00, .70, .40};

typedef struct {
  int capacity, busy;
  int head[4], tail[4];
  long waits;
  double wait_sum;
} Resource;

typedef struct {
  double arrival, since;
  int step, class, next, copy, number, round;
#ifdef COUNTING
  /* Of a room, a bed and of staff: since when it is kept, and the activity that keeps it. */
  double taken[3];
  int activity[3];
#endif
} Patient;

enum { ROOM, BED, STAFF };

static Resource *resources;
static Patient *patients;
static int patient_room, free_patient = -1;
static int *ready, ready_room, ready_from, ready_count;
static double now;
static long events, left[4];
static double stay[4];

static double lognormal_mu[8], lognormal_sigma[8];
enum { LN5, LN60, LN2880, LN20, LN35, LN12_6, LN10, LN18_9, LN_COUNT };
static double ln8_mu, ln8_sigma, ln12_5_mu, ln12_5_sigma;

static void lognormal_of(double mean, double sd, double *mu, double *sigma) {
  const double variance = log(1 + sd * sd / (mean * mean));
  *mu = log(mean) - variance / 2;
  *sigma = sqrt(variance);
}

static inline double ln(int which) { return exp(lognormal_mu[which] + lognormal_sigma[which] * normal()); }
static inline double gamma_mean(double shape, double mean) { return gamma_of(shape) * (mean / shape); }

#ifdef COUNTING
/* Activities are told apart by the lines below that begin them. */
enum { LINES = 80 };
static Activity *activities;
static System *systems;
#define COUNT(x) x
#define CENSUS(resource) (&censuses[(resource) - resources])
#else
#define COUNT(x)
#endif

static inline Resource *of(const Patient *p, int r) { return &resources[p->copy * RESOURCES + r]; }

/* Takes a unit, or joins the queue. */
static inline int seize(int i, int r) {
  Patient *p = &patients[i];
  Resource *resource = of(p, r);
  p->since = now;
  if (resource->busy < resource->capacity) {
    resource->waits++;
    resource->busy++;
    COUNT(census_busy(CENSUS(resource), now, 1));
    COUNT(census_served(CENSUS(resource), 0));
    return 1;
  }
  COUNT(census_waiting(CENSUS(resource), now, 1));
  p->next = -1;
  const int c = p->class;
  if (resource->head[c] < 0) resource->head[c] = i;
  else patients[resource->tail[c]].next = i;
  resource->tail[c] = i;
  return 0;
}

/* Those who wait get what is free, and go on later. */
static inline void serve(Resource *resource) {
  while (resource->busy < resource->capacity) {
    int c = 0;
    while (c < 4 && resource->head[c] < 0) c++;
    if (c == 4) return;
    const int i = resource->head[c];
    resource->head[c] = patients[i].next;
    resource->waits++;
    resource->wait_sum += now - patients[i].since;
    resource->busy++;
    COUNT(census_waiting(CENSUS(resource), now, -1));
    COUNT(census_busy(CENSUS(resource), now, 1));
    COUNT(census_served(CENSUS(resource), now - patients[i].since));
    if (ready_count == ready_room) {
      int *more = malloc(sizeof(int) * (ready_room ? 2 * ready_room : 64));
      for (int k = 0; k < ready_count; k++) more[k] = ready[(ready_from + k) & (ready_room - 1)];
      free(ready);
      ready = more;
      ready_room = ready_room ? 2 * ready_room : 64;
      ready_from = 0;
    }
    ready[(ready_from + ready_count++) & (ready_room - 1)] = i;
  }
}

#ifdef COUNTING
/* The activity of a line has what it waited for, and begins. */
static inline void activity_begins(int i, int slot, int line) {
  Patient *p = &patients[i];
  const int which = p->copy * LINES + line;
  Activity *activity = &activities[which];
  activity->waits++;
  activity->starts++;
  activity->wait_sum += now - p->since;
  p->taken[slot] = now;
  p->activity[slot] = which;
}

static inline void activity_ends(int i, int slot) {
  Activity *activity = &activities[patients[i].activity[slot]];
  activity->ends++;
  activity->time_sum += now - patients[i].taken[slot];
}
#endif

static inline void release(int i, int slot, int r) {
  Resource *resource = of(&patients[i], r);
  COUNT(activity_ends(i, slot));
  COUNT(CENSUS(resource)->kept_time += now - patients[i].taken[slot]);
  COUNT(census_busy(CENSUS(resource), now, -1));
  (void)slot;
  resource->busy--;
  serve(resource);
}

#define SEIZE(slot, r) \
  if (!seize(i, r)) { patients[i].step = __LINE__; return; } case __LINE__: COUNT(activity_begins(i, slot, __LINE__ - FIRST_LINE));
#define DELAY(t) do { schedule(now + (t), i); patients[i].step = __LINE__; return; case __LINE__:; } while (0)
#define RELEASE(slot, r) release(i, slot, r)
/* A time that needs nobody beside the bed. */
#ifdef COUNTING
#define REST(t) do { \
  patients[i].since = now; activity_begins(i, STAFF, __LINE__ - FIRST_LINE); DELAY(t); activity_ends(i, STAFF); } while (0)
#else
#define REST(t) DELAY(t)
#endif
/* A draw of the patient for this line. */
#define DRAWN(x) (random_for(patients[i].number, patients[i].copy, __LINE__, patients[i].round), (x))

/* A patient goes on to the next delay or wait. */
static void proceed(int i) {
  enum { FIRST_LINE = __LINE__ };
  switch (patients[i].step) {
    case 0:
    SEIZE(STAFF, CLERK)
    DELAY(DRAWN(ln(LN5))); RELEASE(STAFF, CLERK);
    SEIZE(ROOM, TRIAGE_ROOM)
    SEIZE(STAFF, NURSE)
    DELAY(DRAWN(gamma_mean(2, 8))); RELEASE(STAFF, NURSE); RELEASE(ROOM, TRIAGE_ROOM);
    if (patients[i].class == 0) {
      SEIZE(ROOM, RESUS_BAY)
      SEIZE(STAFF, DOCTOR)
      DELAY(DRAWN(ln(LN60))); RELEASE(STAFF, DOCTOR); RELEASE(ROOM, RESUS_BAY);
      SEIZE(BED, CT)
      SEIZE(STAFF, RADIOGRAPHER)
      DELAY(DRAWN(gamma_mean(3, 25))); RELEASE(STAFF, RADIOGRAPHER); RELEASE(BED, CT);
      if (DRAWN(uniform()) < 0.6) {
        SEIZE(BED, WARD_BED)
        REST(DRAWN(ln(LN2880))); RELEASE(BED, WARD_BED);
      }
    } else if (patients[i].class == 1) {
      SEIZE(ROOM, CUBICLE)
      SEIZE(BED, DOCTOR)
      SEIZE(STAFF, NURSE)
      DELAY(DRAWN(ln(LN20))); RELEASE(STAFF, NURSE); RELEASE(BED, DOCTOR);
      do {
        SEIZE(STAFF, NURSE)
        DELAY(DRAWN(gamma_mean(2, 6))); RELEASE(STAFF, NURSE);
        SEIZE(STAFF, LAB_TECH)
        DELAY(DRAWN(ln(LN35))); RELEASE(STAFF, LAB_TECH);
        if (DRAWN(uniform()) < 0.45) {
          SEIZE(BED, CT)
          SEIZE(STAFF, RADIOGRAPHER)
          DELAY(DRAWN(gamma_mean(3, 25))); RELEASE(STAFF, RADIOGRAPHER); RELEASE(BED, CT);
        }
        SEIZE(STAFF, DOCTOR)
        DELAY(DRAWN(ln(LN12_6))); RELEASE(STAFF, DOCTOR);
      } while (DRAWN(uniform()) < 0.15 && ++patients[i].round);
      if (DRAWN(uniform()) < 0.35) {
        SEIZE(BED, WARD_BED)
        SEIZE(STAFF, PORTER)
        DELAY(15); RELEASE(STAFF, PORTER); RELEASE(ROOM, CUBICLE);
        REST(DRAWN(gamma_mean(1.5, 2880))); RELEASE(BED, WARD_BED);
      } else {
        RELEASE(ROOM, CUBICLE);
        if (DRAWN(uniform()) < 0.5) {
          SEIZE(STAFF, PHARMACIST)
          DELAY(DRAWN(ln(LN10))); RELEASE(STAFF, PHARMACIST);
        }
      }
    } else if (patients[i].class == 2) {
      SEIZE(ROOM, MINOR_ROOM)
      SEIZE(STAFF, NP)
      DELAY(DRAWN(ln(LN18_9))); RELEASE(STAFF, NP); RELEASE(ROOM, MINOR_ROOM);
      if (DRAWN(uniform()) < 0.3) {
        SEIZE(ROOM, X_RAY)
        SEIZE(STAFF, RADIOGRAPHER)
        DELAY(DRAWN(gamma_mean(2, 12))); RELEASE(STAFF, RADIOGRAPHER); RELEASE(ROOM, X_RAY);
        SEIZE(STAFF, NP)
        DELAY(DRAWN(exp(ln8_mu + ln8_sigma * normal()))); RELEASE(STAFF, NP);
      }
    } else {
      SEIZE(STAFF, GP)
      DELAY(DRAWN(exp(ln12_5_mu + ln12_5_sigma * normal()))); RELEASE(STAFF, GP);
      if (DRAWN(uniform()) < 0.4) {
        SEIZE(STAFF, PHARMACIST)
        DELAY(DRAWN(ln(LN10))); RELEASE(STAFF, PHARMACIST);
      }
    }
  }
  const int c = patients[i].class;
  left[c]++;
  stay[c] += now - patients[i].arrival;
#ifdef COUNTING
  System *system = &systems[patients[i].copy];
  system_change(system, now, -1);
  system->left++;
  system->stay_sum += now - patients[i].arrival;
#endif
  patients[i].next = free_patient;
  free_patient = i;
}

static int new_patient(void) {
  if (free_patient < 0) {
    const int room = patient_room ? 2 * patient_room : 256;
    patients = realloc(patients, sizeof(Patient) * room);
    for (int i = room - 1; i >= patient_room; i--) {
      patients[i].next = free_patient;
      free_patient = i;
    }
    patient_room = room;
  }
  const int i = free_patient;
  free_patient = patients[i].next;
  return i;
}

/* The next arrival by thinning. */
static double next_arrival(double from, int number, int copy) {
  random_for(number, copy, 1, 0);
  for (;;) {
    from += exponential() * 60 / (8.3333 * 1.7);
    if (uniform() * 1.7 < RATE[(int)(from / 60) % 24]) return from;
  }
}

int main(int count, char **arguments) {
  const double end = (count > 2 ? atof(arguments[2]) : 2000) * 1440;
  const int copies = count > 3 ? atoi(arguments[3]) : 1;
  const clock_t start = clock();
  random_begin(count > 1 ? strtoull(arguments[1], 0, 10) : 1);
  const double means[LN_COUNT] = {5, 60, 2880, 20, 35, 12, 10, 18}, sds[LN_COUNT] = {2, 30, 2000, 10, 15, 6, 5, 9};
  for (int k = 0; k < LN_COUNT; k++) lognormal_of(means[k], sds[k], &lognormal_mu[k], &lognormal_sigma[k]);
  lognormal_of(8, 4, &ln8_mu, &ln8_sigma);
  lognormal_of(12, 5, &ln12_5_mu, &ln12_5_sigma);
  int *arrived = calloc(copies, sizeof(int));
  resources = calloc(copies * RESOURCES, sizeof(Resource));
  for (int k = 0; k < copies * RESOURCES; k++) {
    resources[k].capacity = CAPACITY[k % RESOURCES][0];
    for (int c = 0; c < 4; c++) resources[k].head[c] = -1;
  }
#ifdef COUNTING
  int *most = malloc(sizeof(int) * copies * RESOURCES);
  for (int k = 0; k < copies * RESOURCES; k++) {
    const int *capacity = CAPACITY[k % RESOURCES];
    most[k] = capacity[0] > capacity[1] ? capacity[0] : capacity[1];
    if (capacity[2] > most[k]) most[k] = capacity[2];
  }
  counting_begin(copies * RESOURCES, most, 60, end);
  for (int k = 0; k < copies * RESOURCES; k++) censuses[k].capacity = resources[k].capacity;
  activities = calloc(copies * LINES, sizeof(Activity));
  systems = calloc(copies, sizeof(System));
#endif
  /* Events above 0 are patients; -1 is a change of shift, -2 - copy an arrival. */
  schedule(480, -1);
  for (int copy = 0; copy < copies; copy++) schedule(next_arrival(0, 0, copy), -2 - copy);
  while (heap_size > 0 && heap[0].time < end) {
    const Event e = next_event();
    now = e.time;
    if (e.what >= 0) {
      events++;
      proceed(e.what);
    } else if (e.what == -1) {
      const int shift = (long)(now / 480) % 3;
      for (int k = 0; k < copies * RESOURCES; k++) {
        resources[k].capacity = CAPACITY[k % RESOURCES][shift];
        COUNT(census_until(&censuses[k], now));
        COUNT(censuses[k].capacity = resources[k].capacity);
        serve(&resources[k]);
      }
      schedule(now + 480, -1);
    } else {
      events++;
      const int i = new_patient();
      const int copy = -2 - e.what;
      random_for(arrived[copy], copy, 2, 0);
      const double u = uniform();
      patients[i].class = u < 0.05 ? 0 : u < 0.35 ? 1 : u < 0.75 ? 2 : 3;
      patients[i].arrival = now;
      patients[i].step = 0;
      patients[i].copy = copy;
      patients[i].number = arrived[copy]++;
      patients[i].round = 0;
      COUNT(system_change(&systems[copy], now, 1));
      COUNT(systems[copy].came++);
      schedule(next_arrival(now, arrived[copy], copy), e.what);
      proceed(i);
    }
    while (ready_count > 0) {
      const int i = ready[ready_from];
      ready_from = (ready_from + 1) & (ready_room - 1);
      ready_count--;
      proceed(i);
    }
  }
#ifdef COUNTING
  counting_finish();
  for (int copy = 0; copy < copies; copy++) {
    now = end;
    system_change(&systems[copy], end, 0);
  }
#endif
  printf("{\"events\":%ld,\"seconds\":%.6f,\"classes\":[", events, (double)(clock() - start) / CLOCKS_PER_SEC);
  for (int c = 0; c < 4; c++) printf("%s{\"left\":%ld,\"time\":%.9g}", c ? "," : "", left[c], stay[c] / left[c]);
  printf("],\"waits\":{");
  for (int r = 0; r < RESOURCES; r++) {
    printf("%s\"%s\":%.9g", r ? "," : "", NAMES[r], resources[r].wait_sum / resources[r].waits);
  }
  printf("}");
#ifdef COUNTING
  counting_print(NAMES, RESOURCES);
  printf(",\"here\":%.9g", systems[0].here_time / end);
#endif
  printf("}\n");
}
