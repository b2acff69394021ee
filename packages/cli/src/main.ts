/** Runs the command with the arguments that follow its name, and answers its exit code. */
export function run(_args: readonly string[]): Promise<number> {
  console.error('pathway: there is no command here before the compiler is in place');
  return Promise.resolve(1);
}
