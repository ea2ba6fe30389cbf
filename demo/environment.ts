import type { DemoWorld } from './demo-world.ts';
import type { Speech } from './speech.ts';

/**
 * The environment for the demo's Aria. Settings of an Aria of your own (its database, its transcription server)
 * stay out of it.
 */
export function demoEnvironment(
  own: NodeJS.ProcessEnv,
  demo: { world: DemoWorld; speech: Speech; port: number; folder: string; timeZone: string },
): NodeJS.ProcessEnv {
  const foreign = Object.entries(own).filter(
    ([name]) => !name.startsWith('ARIA_') && name !== 'DATABASE_URL',
  );
  const hosts = [demo.world.recordings, demo.world.provider].map(({ host, port }) => `${host}:${port}`);
  return {
    ...Object.fromEntries(foreign),
    ...demo.speech.settings,
    ARIA_PORT: String(demo.port),
    ARIA_DATA_DIR: demo.folder,
    ARIA_ALLOW_HOSTS: hosts.join(','),
    ARIA_TIME_ZONE: demo.timeZone,
  };
}
