import { spawn } from 'node:child_process';

/** Runs a program to its end, with our terminal; its exit code, 1 after a signal. */
export function run(command, options = {}) {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', code => resolve(code ?? 1));
  });
}
