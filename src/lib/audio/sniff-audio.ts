import { readMpegRun, skipId3 } from './mpeg-header.ts';

/** How sound is wrapped; each has a decoder, or an ffmpeg demuxer of the same purpose. */
export type Container =
  | 'wav'
  | 'mp3'
  | 'ogg'
  | 'flac'
  | 'mp4'
  | 'aac'
  | 'amr'
  | 'webm'
  | 'aiff'
  | 'au'
  | 'caf'
  | 'asf';

export type Sniffed =
  | { container: Container; contentType: string }
  | { container: null; what: 'empty' | 'html' | 'xml' | 'json' | 'playlist' | 'text' | 'unknown' };

/** A head of this length settles every case below. */
export const sniffBytes = 64 * 1024;

const contentTypes: Record<Container, string> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  mp4: 'audio/mp4',
  aac: 'audio/aac',
  amr: 'audio/amr',
  webm: 'audio/webm',
  aiff: 'audio/aiff',
  au: 'audio/basic',
  caf: 'audio/x-caf',
  asf: 'audio/x-ms-wma',
};

/**
 * Tells what a file is from its first bytes (`sniffBytes` of them, or all). Names and Content-Type headers are
 * often wrong, and a decoder left to guess would open playlists, which make it fetch addresses.
 */
export function sniffAudio(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return { container: null, what: 'empty' };
  const container = sniffContainer(bytes);
  if (container) return { container, contentType: contentTypes[container] };
  return { container: null, what: sniffText(bytes) };
}

function sniffContainer(bytes: Uint8Array): Container | null {
  const at = (offset: number, length: number) =>
    Buffer.from(
      bytes.buffer,
      bytes.byteOffset + offset,
      Math.max(0, Math.min(length, bytes.length - offset)),
    ).toString('latin1');
  const four = at(0, 4);
  if ((four === 'RIFF' || four === 'RF64' || four === 'BW64') && at(8, 4) === 'WAVE') return 'wav';
  if (four === 'OggS') return 'ogg';
  if (four === 'fLaC') return 'flac';
  if (bytes.length >= 8 && at(4, 4) === 'ftyp') return 'mp4';
  if (four === '\x1aE\xdf\xa3') return 'webm';
  if (four === 'FORM' && /^AIF[FC]$/.test(at(8, 4))) return 'aiff';
  if (four === '.snd') return 'au';
  if (four === 'caff') return 'caf';
  if (at(0, 5) === '#!AMR') return 'amr';
  if (at(0, 8) === '\x30\x26\xb2\x75\x8e\x66\xcf\x11') return 'asf';
  return sniffFrames(bytes);
}

/** Formats without a magic number: a run of frames that fit each other. */
function sniffFrames(bytes: Uint8Array): Container | null {
  const sound = skipId3(bytes);
  // a tag with a large picture ends beyond the head; what else carries ID3 has its own magic number behind it
  if (sound > 0 && sound + 4 > bytes.length) return 'mp3';
  let start = sound;
  while (bytes[start] === 0) start += 1;
  if (isAdts(bytes, start)) return 'aac';
  if (readMpegRun(bytes, start, sound > 0 ? 1 : 2)) return 'mp3';
  // some recorders begin in the middle of a frame; a longer run makes up for the free choice of where it starts
  for (let offset = start + 1; offset < bytes.length - 4; offset += 1) {
    if (bytes[offset] === 0xff && readMpegRun(bytes, offset, 4)) return 'mp3';
  }
  return null;
}

/** Two ADTS frames in a row (ISO/IEC 13818-7 §6.2). */
function isAdts(bytes: Uint8Array, at: number): boolean {
  const length = adtsLength(bytes, at);
  return length > 7 && adtsLength(bytes, at + length) > 0;
}

function adtsLength(bytes: Uint8Array, at: number): number {
  const [sync = 0, kind = 0, , high = 0, middle = 0, low = 0] = bytes.subarray(at, at + 6);
  if (sync !== 0xff || (kind & 0xf6) !== 0xf0) return 0;
  return ((high & 3) << 11) | (middle << 3) | (low >> 5);
}

function sniffText(bytes: Uint8Array): 'html' | 'xml' | 'json' | 'playlist' | 'text' | 'unknown' {
  const head = Buffer.from(bytes.subarray(0, 1024))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^(#EXTM3U|\[playlist\]|ffconcat version|v=0\r?\n)/i.test(head)) return 'playlist';
  if (/^<(!doctype html|html|head|body|script|meta|!--)/i.test(head)) return 'html';
  if (/^(<\?xml[^>]*>\s*)?<(asx|smil|mpd|playlist)[\s>]/i.test(head)) return 'playlist';
  if (/^<(\?xml|[a-z][\w:.-]*[\s/>])/i.test(head)) return 'xml';
  if (/^[[{]\s*(["{[\]}\d-]|true|false|null)/.test(head)) return 'json';
  const isText = head.length > 0 && !/[\p{Cc}\uFFFD]/u.test(head.replace(/[\t\r\n]/g, ''));
  return isText ? 'text' : 'unknown';
}
