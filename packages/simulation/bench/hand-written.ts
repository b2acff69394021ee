/**
 * M/M/c as one would write it by hand for nothing else: a binary heap of end times, a count of waiting patients, and
 * Math.random. The yardstick for what generality costs.
 */
export function handWritten(servers: number, meanService: number, end: number): { events: number; meanBusy: number } {
  const ends = new Float64Array(servers + 1);
  let size = 0;
  let waiting = 0;
  let now = 0;
  let nextArrival = -Math.log(1 - Math.random());
  let events = 0;
  let busyTime = 0;
  for (;;) {
    const first = size > 0 ? ends[0]! : Infinity;
    const time = nextArrival < first ? nextArrival : first;
    if (time >= end) break;
    busyTime += size * (time - now);
    now = time;
    events++;
    if (nextArrival < first) {
      nextArrival = now - Math.log(1 - Math.random());
      if (size === servers) {
        waiting++;
        continue;
      }
    } else {
      const last = ends[--size]!;
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= size) break;
        if (child + 1 < size && ends[child + 1]! < ends[child]!) child++;
        if (ends[child]! >= last) break;
        ends[i] = ends[child]!;
        i = child;
      }
      ends[i] = last;
      if (waiting === 0) continue;
      waiting--;
    }
    const until = now - Math.log(1 - Math.random()) * meanService;
    let i = size++;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (ends[parent]! <= until) break;
      ends[i] = ends[parent]!;
      i = parent;
    }
    ends[i] = until;
  }
  return { events, meanBusy: busyTime / now };
}
