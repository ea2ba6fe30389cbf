import { open } from 'node:fs/promises';

const tailBytes = 65_536;

/** The end of an ONNX file, where its metadata stands (field 14 of ModelProto; fields are written in order). */
export async function readMetadata(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, tailBytes);
    const buffer = Buffer.alloc(length);
    await file.read(buffer, 0, length, size - length);
    return buffer.toString('latin1');
  } finally {
    await file.close();
  }
}
