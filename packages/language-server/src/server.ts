import { EditorConnection } from './editor-connection.js';
import { nodeHost } from './hosts/node-host.js';
import { JsonRpc } from './json-rpc.js';
import { servePathway } from './pathway-server.js';
import { streamChannel } from './stream-channel.js';

/** How often a server looks whether its editor is still there, milliseconds. */
const LOOK_AFTER_EDITOR = 3000;

/**
 * Serves an editor over standard input and output. The process ends when the editor says `exit`, closes the connection or
 * is gone itself, so the promise never settles.
 */
export function startServer(): Promise<never> {
  // Where the connection closes, the editor is gone: so is the reason to be here.
  const channel = streamChannel(process.stdin, process.stdout, () => process.exit(1));
  const connection = new EditorConnection(new JsonRpc(channel), {
    end: (isOrderly) => process.exit(isOrderly ? 0 : 1),
    watch: (processId) => {
      setInterval(() => {
        if (!isRunning(processId)) process.exit(1);
      }, LOOK_AFTER_EDITOR).unref();
    },
  });
  servePathway(connection, () => nodeHost);
  return new Promise<never>(() => undefined);
}

/** Whether there is a process; one that belongs to somebody else counts. */
function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
