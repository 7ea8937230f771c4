import process from 'node:process';
import { runAnalyze } from './analyze.ts';
import { runAsk } from './ask.ts';
import type { ExitStatus, Io } from './io.ts';
import { runShow } from './show.ts';
import { runValidate } from './validate.ts';

const USAGE = `usage: reasoning-inspector COMMAND [ARGUMENT …]

  analyze                     JSON Lines in, JSON Lines out: { id, reasoning, prompt?, answer?, segments? } becomes steps, phases,
                              branches, findings and links
  ask [--base-url URL] [--api A] --model M [--effort E] [--key-env NAME] [--json] [--from FILE] [PROMPT|-]
                              asks a model and prints its reasoning as a tree, then the answer
  show FILE                   prints a saved trace's tree
  validate FILE…              checks trace files

Data goes to standard output, everything else to standard error. Exit status: 0 done, 1 failed, 2 wrong usage.
`;

/** The commands by name. */
const COMMANDS: Readonly<Record<string, (args: string[], io: Io) => Promise<number>>> = {
  analyze: runAnalyze,
  ask: runAsk,
  show: runShow,
  validate: runValidate,
};

async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(USAGE);
    return 0 satisfies ExitStatus;
  }
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    io.stderr.write(name === undefined ? USAGE : `reasoning-inspector: there is no command '${name}'\n\n${USAGE}`);
    return 2 satisfies ExitStatus;
  }
  return command(args, io);
}

// a reader that has seen enough (`| head`) is not an error
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const { stdin, stdout, stderr, env } = process;
main(process.argv.slice(2), { stdin, stdout, stderr, env, isTTY: stdout.isTTY && env['NO_COLOR'] === undefined }).then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    stderr.write(`reasoning-inspector: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
