const width = 24;
const everyMs = 100;

/** A line that is drawn over itself; nothing where nobody watches (a pipe, a log). @param what is counted */
export function progressBar(
  out: NodeJS.WriteStream,
  what = 'rows',
): {
  show: (share: number, rows: number) => void;
  end: () => void;
} {
  const began = performance.now();
  let firstRows: number | null = null;
  let drawn = 0;
  return {
    show(share, rows) {
      firstRows ??= rows;
      const now = performance.now();
      if (!out.isTTY || now - drawn < everyMs) return;
      drawn = now;
      const full = Math.round(Math.min(1, share) * width);
      const rate = Math.round(((rows - firstRows) / (now - began)) * 1000);
      const bar = '█'.repeat(full) + '░'.repeat(width - full);
      out.write(
        `\r\u001b[K${bar} ${Math.floor(share * 100)} %  ${rows.toLocaleString('en')} ${what}  ${rate}/s`,
      );
    },
    end() {
      if (drawn > 0) out.write('\r\u001b[K');
    },
  };
}
