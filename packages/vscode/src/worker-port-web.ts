/** Does the tasks that a web worker is sent. */
export function serveTasks(work: (task: unknown, tell: (answer: unknown) => void) => Promise<void>): void {
  globalThis.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    void work(data, (answer) => globalThis.postMessage(answer));
  });
}
