/** How a voice is asked to speak `text` into the WAV file `out`, and what sox does to it afterwards. */
type Voice = {
  speak: (text: string, out: string) => { command: string; args: string[] };
  effects: string[];
};

function flite(voice: string, ...effects: string[]): Voice {
  return {
    speak: (text, out) => ({ command: 'flite', args: ['-voice', voice, '-t', text, '-o', out] }),
    effects,
  };
}

function espeak(voice: string, wordsPerMinute: number): Voice {
  return {
    speak: (text, out) => ({
      command: 'espeak-ng',
      args: ['-v', voice, '-s', String(wordsPerMinute), '-w', out, text],
    }),
    effects: [],
  };
}

/**
 * The cast: a name in samples/scripts → a synthetic voice of Debian's flite or espeak-ng. Speed and tempo were
 * chosen by ear of a machine: among distinct voices those that a small speech model understands best.
 */
export const voices = {
  ron: flite('rms'),
  dean: flite('rms', 'speed', '0.88'),
  leo: flite('rms', 'speed', '1.08'),
  mia: flite('slt', 'speed', '0.8', 'tempo', '1.1'),
  alan: flite('awb', 'tempo', '0.95'),
  menu: flite('kal16', 'tempo', '0.9'),
  announcer: espeak('en-us', 145),
} satisfies Record<string, Voice>;

export type VoiceName = keyof typeof voices;
