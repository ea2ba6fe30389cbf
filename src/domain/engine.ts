/**
 * Speech engines by name: `local` on this machine, `openai` any server that speaks OpenAI's protocol, `deepgram` and
 * `assemblyai` by those companies. The order here is that of asking where nothing else is said: what was configured
 * on purpose first, then what is at hand anyway.
 */
export const engineNames = ['openai', 'deepgram', 'assemblyai', 'local'] as const;
export type EngineName = (typeof engineNames)[number];
