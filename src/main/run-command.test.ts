import { expect, test } from 'vitest';
import { commandFiles } from './command-files.ts';
import { buildProgram } from './run-command.ts';

test('each command is found by its name alone, with all that it has when everything is loaded', async () => {
  const whole = await buildProgram(undefined);
  expect(whole.commands.map((command) => command.name())).toEqual(Object.keys(commandFiles));
  for (const command of whole.commands) {
    const own = (await buildProgram(command.name())).commands.find((one) => one.name() === command.name());
    expect(own?.helpInformation()).toBe(command.helpInformation());
  }
}, 60_000);

test('a name that is none loads everything, so that the help can suggest', async () => {
  const program = await buildProgram('conection');
  expect(program.commands.length).toBe(Object.keys(commandFiles).length);
  expect((await buildProgram('__proto__')).commands.length).toBe(program.commands.length);
}, 60_000);
