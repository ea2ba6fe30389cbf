import { answerAsDecoder } from '../../lib/audio/run-decoder.ts';
import { createSpeechDetector } from '../local/detect-speech.ts';
import { listenToFile } from '../local/listen-to-file.ts';

/** The program of the process apart: everything that is heard but the words. */
const [path = '', channels = '1', vad = ''] = process.argv.slice(2);
await answerAsDecoder(() =>
  listenToFile(path, Number(channels), {
    detectorFor: () => createSpeechDetector(vad || null),
    recognize: () => [],
  }),
);
