import { expect } from 'vitest';
import type { ReplayBody } from '../../src/contract/replays.ts';
import type { World } from './world.ts';

/** A replay that was asked for, once it has come to its end. */
export async function replayed(world: World, asked: ReplayBody): Promise<ReplayBody> {
  await expect
    .poll(async () => (await world.api<ReplayBody>(`/v1/replays/${asked.id}`)).state, { timeout: 20_000 })
    .not.toMatch(/waiting|running/);
  return world.api<ReplayBody>(`/v1/replays/${asked.id}`);
}
