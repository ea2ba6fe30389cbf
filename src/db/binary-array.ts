/**
 * PostgreSQL's binary array format. pg sends a Buffer parameter in binary, so a whole batch travels as one
 * parameter per column, and neither side quotes or parses its text.
 */
const textOid = 25;
const byteaOid = 17;

/** One-dimensional `text[]`; null is SQL null. */
export function textArray(values: readonly (string | null)[]): Buffer {
  const lengths = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)));
  const buffer = allocate(textOid, lengths);
  let at = headerBytes;
  values.forEach((value, i) => {
    at = buffer.writeInt32BE(lengths[i]!, at);
    if (value !== null) at += buffer.write(value, at);
  });
  return buffer;
}

/** One-dimensional `bytea[]`. */
export function byteaArray(values: readonly Buffer[]): Buffer {
  const buffer = allocate(
    byteaOid,
    values.map((value) => value.length),
  );
  let at = headerBytes;
  for (const value of values) {
    at = buffer.writeInt32BE(value.length, at);
    at += value.copy(buffer, at);
  }
  return buffer;
}

const headerBytes = 20;

function allocate(elementOid: number, lengths: number[]): Buffer {
  const size = lengths.reduce((sum, length) => sum + 4 + Math.max(length, 0), headerBytes);
  const buffer = Buffer.allocUnsafe(size);
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(1, 4); // may hold nulls
  buffer.writeInt32BE(elementOid, 8);
  buffer.writeInt32BE(lengths.length, 12);
  buffer.writeInt32BE(1, 16); // lower bound
  return buffer;
}
