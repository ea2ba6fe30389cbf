/** Cuts a stream of samples into windows. What is left of one waits for the next samples. */
export type WindowCutter = {
  /** Calls `take` with each window that is whole now; it may not keep the array. */
  cut: (samples: Float32Array, take: (window: Float32Array) => void) => void;
  /** Forgets what waits, for another stream. */
  reset: () => void;
};

/** @param size samples of a window */
export function createWindowCutter(size: number): WindowCutter {
  let rest = new Float32Array(0);
  return {
    cut: (samples, take) => {
      const joined = new Float32Array(rest.length + samples.length);
      joined.set(rest);
      joined.set(samples, rest.length);
      let at = 0;
      for (; at + size <= joined.length; at += size) take(joined.subarray(at, at + size));
      rest = joined.slice(at);
    },
    reset: () => {
      rest = new Float32Array(0);
    },
  };
}
