import type { DemoCall } from './calls.ts';
import type { LocalServer } from './local-server.ts';
import { recordingUrl, startRecordingServer } from './recording-server.ts';
import { readSamples, type Sample } from './sample.ts';
import { startSimulatedProvider } from './simulated-provider.ts';

/** What stands in for other companies: where recordings lie, and a transcription service. */
export type DemoWorld = {
  samples: Sample[];
  recordings: LocalServer;
  provider: LocalServer;
  recordingUrl: (recording: NonNullable<DemoCall['recording']>) => string;
  close: () => Promise<void>;
};

/** Starts both servers on free ports of this machine. */
export async function openWorld(): Promise<DemoWorld> {
  const samples = await readSamples();
  const recordings = await startRecordingServer(samples);
  const provider = await startSimulatedProvider(samples);
  return {
    samples,
    recordings,
    provider,
    recordingUrl: ({ sample, way }) => recordingUrl(recordings, sample, way),
    close: async () => void (await Promise.all([recordings.close(), provider.close()])),
  };
}
