/** Numbers that look random and are the same for the same seed (mulberry32, public domain). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Values at the edges of what a length or a rate may be; headers break on these first. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
const headBytes = 128;

type Change = (bytes: Buffer, random: (below: number) => number, other: Buffer) => Buffer;

const changes: Change[] = [
  // bits anywhere
  (bytes, random) => {
    for (let left = 1 + random(40); left > 0; left -= 1) bytes[random(bytes.length)]! ^= 1 << random(8);
    return bytes;
  },
  // bytes of the header
  (bytes, random) => {
    const head = Math.min(headBytes, bytes.length);
    for (let left = 1 + random(6); left > 0; left -= 1) bytes[random(head)] = random(256);
    return bytes;
  },
  // a length or rate at an edge, in either order of bytes
  (bytes, random) => {
    if (bytes.length < 8) return bytes;
    const at = random(Math.min(headBytes, bytes.length - 4));
    const value = edges[random(edges.length)]!;
    if (random(2) === 0) bytes.writeUInt32LE(value, at);
    else bytes.writeUInt32BE(value, at);
    return bytes;
  },
  // cut off
  (bytes, random) => bytes.subarray(0, random(bytes.length)),
  // a piece left out
  (bytes, random) => {
    const from = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + random(4_096))]);
  },
  // a piece twice
  (bytes, random) => {
    const from = random(bytes.length);
    const to = from + random(4_096);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  // noise in between
  (bytes, random) => {
    const at = random(bytes.length);
    const noise = Buffer.from(Array.from({ length: 1 + random(2_000) }, () => random(256)));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
  // one format's beginning, another one's rest
  (bytes, random, other) => {
    const at = random(Math.min(4_096, bytes.length));
    return Buffer.concat([bytes.subarray(0, at), other.subarray(random(other.length))]);
  },
  // zeros
  (bytes, random) => {
    const from = random(bytes.length);
    return bytes.fill(0, from, Math.min(bytes.length, from + random(8_192)));
  },
];

/** A copy of a file with one to three faults in it. `other` is a file of another kind to take pieces from. */
export function mutate(bytes: Buffer, random: (below: number) => number, other: Buffer): Buffer {
  let changed: Buffer = Buffer.from(bytes);
  for (let left = 1 + random(3); left > 0 && changed.length > 0; left -= 1) {
    changed = changes[random(changes.length)]!(changed, random, other);
  }
  return changed;
}
