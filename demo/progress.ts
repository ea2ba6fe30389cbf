/** Shows where things stand: called often, mostly with the same text. */
export type Progress = (text: string) => void;

/** On a terminal one line that is written anew; elsewhere (a log) a line for each change. */
export function makeProgress(out: NodeJS.WriteStream): { show: Progress; end: () => void } {
  let last = '';
  return {
    show(text) {
      if (text === last) return;
      out.write(out.isTTY ? `\r\x1b[2K  ${text}` : `  ${text}\n`);
      last = text;
    },
    end() {
      if (out.isTTY && last !== '') out.write('\n');
      last = '';
    },
  };
}
