/** How a voice is asked to speak `text` into the WAV file `out`. */
type Voice = (text: string, out: string) => { command: string; args: string[] };

function flite(voice: string, stretch: number): Voice {
  return (text, out) => ({
    command: 'flite',
    args: ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', out],
  });
}

function espeak(voice: string, wordsPerMinute: number): Voice {
  return (text, out) => ({
    command: 'espeak-ng',
    args: ['-v', voice, '-s', String(wordsPerMinute), '-w', out, text],
  });
}

/** The cast: a name in samples/scripts → a synthetic voice of Debian's flite or espeak-ng. */
export const voices = {
  slt: flite('slt', 1),
  rms: flite('rms', 1),
  awb: flite('awb', 1),
  kal: flite('kal16', 1.05),
  announcer: espeak('en-us', 150),
} satisfies Record<string, Voice>;

export type VoiceName = keyof typeof voices;
