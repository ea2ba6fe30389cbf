/** The few fields of an ONNX file (onnx.proto of ONNX 1.12) that the test models need, written as protobuf. */

const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
};
const number = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, value: Buffer) =>
  Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string) => bytes(field, Buffer.from(value));
const message = (field: number, parts: Buffer[]) => bytes(field, Buffer.concat(parts));

const float32 = 1;
const [intAttribute, intsAttribute] = [2, 7];

/** A constant of a graph. */
export type Constant = { name: string; shape: number[]; values: readonly number[] };

/** An operation: its inputs and outputs by name, and its whole-number attributes. */
export type Node = {
  type: string;
  inputs: string[];
  output: string;
  attributes?: Record<string, number | number[]>;
};

/** An input or output; a name in place of a length means that it varies. */
export type Port = { name: string; shape: (number | string)[] };

/** What a model file says, all in single precision. */
export type Graph = {
  inputs: Port[];
  outputs: Port[];
  constants: Constant[];
  nodes: Node[];
  metadata: Record<string, string | number>;
};

/** An ONNX file (version 7 of the format, operators of set 11). */
export function writeOnnx(graph: Graph): Buffer {
  return Buffer.concat([
    number(1, 7),
    message(7, [
      ...graph.nodes.map((node) => message(1, writeNode(node))),
      text(2, 'graph'),
      ...graph.constants.map((constant) => message(5, writeConstant(constant))),
      ...graph.inputs.map((port) => message(11, writePort(port))),
      ...graph.outputs.map((port) => message(12, writePort(port))),
    ]),
    message(8, [text(1, ''), number(2, 11)]),
    ...Object.entries(graph.metadata).map(([key, value]) => message(14, [text(1, key), text(2, `${value}`)])),
  ]);
}

function writeNode({ type, inputs, output, attributes = {} }: Node): Buffer[] {
  return [
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(4, type),
    ...Object.entries(attributes).map(([name, value]) =>
      message(5, [
        text(1, name),
        ...(typeof value === 'number'
          ? [number(3, value), number(20, intAttribute)]
          : [...value.map((one) => number(8, one)), number(20, intsAttribute)]),
      ]),
    ),
  ];
}

function writeConstant({ name, shape, values }: Constant): Buffer[] {
  const raw = Buffer.from(new Float32Array(values).buffer);
  return [...shape.map((length) => number(1, length)), number(2, float32), text(8, name), bytes(9, raw)];
}

function writePort({ name, shape }: Port): Buffer[] {
  const lengths = shape.map((length) =>
    message(1, [typeof length === 'number' ? number(1, length) : text(2, length)]),
  );
  return [text(1, name), message(2, [message(1, [number(1, float32), message(2, lengths)])])];
}
