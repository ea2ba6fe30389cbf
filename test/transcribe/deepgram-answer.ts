/**
 * The answer's form as https://developers.deepgram.com/docs/multichannel shows it: a word in every second of each
 * channel, or of those seconds in which something is heard.
 */
export function recorded(
  channels: number,
  seconds: number,
  isLoud: (channel: number, second: number) => boolean = () => true,
) {
  return {
    metadata: {
      transaction_key: 'deprecated',
      request_id: 'a',
      created: '2026-01-01T00:00:00Z',
      duration: seconds,
      channels,
    },
    results: {
      channels: Array.from({ length: channels }, (_, channel) => {
        const all = Array.from({ length: Math.max(1, Math.floor(seconds)) }, (_, second) => second);
        const words = all
          .filter((second) => isLoud(channel, second))
          .map((second) => ({
            word: `word${second}`,
            start: Math.min(second + 0.2, seconds / 2 + second),
            end: Math.min(second + 0.6, seconds),
            confidence: 0.98,
            punctuated_word: `Word${second}.`,
          }));
        const transcript = words.map((word) => word.punctuated_word).join(' ');
        return { alternatives: [{ transcript, confidence: 0.99, words }] };
      }),
    },
  };
}

/** Whether a second of a channel of a WAV file of 16-bit PCM holds more than silence. */
export function loudness(wav: Buffer): (channel: number, second: number) => boolean {
  const [channels, rate] = [wav.readUInt16LE(22), wav.readUInt32LE(24)];
  return (channel, second) => {
    for (let frame = second * rate; frame < (second + 1) * rate; frame++) {
      const at = 44 + (frame * channels + channel) * 2;
      if (at + 2 <= wav.length && Math.abs(wav.readInt16LE(at)) > 2000) return true;
    }
    return false;
  };
}
