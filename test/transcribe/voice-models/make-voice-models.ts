import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeOnnx } from './onnx.ts';

/**
 * Two models of a few kB with the inputs, outputs and metadata that the engine asks of a pair for telling voices
 * apart. They are no trained networks, and do only what is plain in them.
 */

const rate = 16_000;
/** Seconds that the segmentation model sees at once; short, so that mostly one voice speaks in them. */
const windowSamples = 1.5 * rate;
const frameSamples = 160;
/** Mean square above which a frame holds speech (-43 dBFS). */
const loud = 5e-5;

/** Like pyannote's: of each frame, whether nobody speaks (0), one (1), or others (2 to 6; never here). */
export function segmentationModel(): Buffer {
  const frames = windowSamples / frameSamples;
  const fill = (name: string, width: number, value: number) => ({
    name,
    shape: [1, frames, width],
    values: Array.from({ length: frames * width }, () => value),
  });
  return writeOnnx({
    inputs: [{ name: 'x', shape: ['N', 1, windowSamples] }],
    outputs: [{ name: 'y', shape: ['N', frames, 7] }],
    constants: [fill('nobody', 1, loud), fill('others', 5, -1)],
    nodes: [
      { type: 'Mul', inputs: ['x', 'x'], output: 'squares' },
      {
        type: 'AveragePool',
        inputs: ['squares'],
        output: 'power',
        attributes: { kernel_shape: [frameSamples], strides: [frameSamples] },
      },
      { type: 'Transpose', inputs: ['power'], output: 'one', attributes: { perm: [0, 2, 1] } },
      { type: 'Concat', inputs: ['nobody', 'one', 'others'], output: 'y', attributes: { axis: 2 } },
    ],
    metadata: {
      model_type: 'pyannote-segmentation-3.0',
      num_speakers: 3,
      powerset_max_classes: 2,
      num_classes: 7,
      sample_rate: rate,
      window_size: windowSamples,
      receptive_field_size: 2 * frameSamples,
      receptive_field_shift: frameSamples,
    },
  });
}

const bands = 80;
/** Those below 4 kHz: a telephone carries no more. */
const heard = 58;
const cepstra = 20;

/** Of a voice: the mean of its filterbank as cepstra, without the loudness, the higher ones as heavy as the lower. */
export function embeddingModel(): Buffer {
  const cosines = Array.from({ length: bands * cepstra }, (_, at) => {
    const [band, order] = [Math.floor(at / cepstra), (at % cepstra) + 2];
    return band < heard ? order * Math.cos((Math.PI * order * (band + 0.5)) / heard) : 0;
  });
  return writeOnnx({
    inputs: [{ name: 'x', shape: ['N', 'T', bands] }],
    outputs: [{ name: 'embedding', shape: ['N', cepstra] }],
    constants: [{ name: 'cosines', shape: [bands, cepstra], values: cosines }],
    nodes: [
      { type: 'ReduceMean', inputs: ['x'], output: 'mean', attributes: { axes: [1], keepdims: 0 } },
      { type: 'MatMul', inputs: ['mean', 'cosines'], output: 'embedding' },
    ],
    metadata: {
      framework: 'wespeaker',
      language: 'English',
      output_dim: cepstra,
      sample_rate: rate,
      normalize_samples: 1,
    },
  });
}

/** Both in a folder, under the names of the published ones. */
export async function makeVoiceModels(folder: string): Promise<{ segmentation: string; embedding: string }> {
  const own = join(folder, 'sherpa-onnx-pyannote-segmentation-3-0');
  await mkdir(own, { recursive: true });
  const segmentation = join(own, 'model.onnx');
  const embedding = join(folder, 'nemo_en_titanet_small.onnx');
  await writeFile(segmentation, segmentationModel());
  await writeFile(embedding, embeddingModel());
  return { segmentation, embedding };
}
