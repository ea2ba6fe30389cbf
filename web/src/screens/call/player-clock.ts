/** Where the recording stands, outside React: many parts follow it, each by the slice that it shows. */
export type PlayerClock = {
  audio: HTMLAudioElement;
  subscribe: (listener: () => void) => () => void;
  /** Goes to a second; `play` also starts. */
  seek: (seconds: number, options?: { play?: boolean }) => void;
  toggle: () => void;
  dispose: () => void;
};

/** A clock on an audio element of its own. It ticks with the screen while playing. */
export function makePlayerClock(url: string): PlayerClock {
  const audio = new Audio();
  audio.preload = 'metadata';
  audio.src = url;
  const listeners = new Set<() => void>();
  let frame = 0;

  function tell(): void {
    for (const listener of listeners) listener();
  }
  function tick(): void {
    tell();
    frame = audio.paused ? 0 : requestAnimationFrame(tick);
  }
  function start(): void {
    if (frame === 0) tick();
  }
  for (const event of ['pause', 'seeked', 'timeupdate', 'ratechange', 'loadedmetadata', 'error']) {
    audio.addEventListener(event, tell);
  }
  audio.addEventListener('play', start);

  return {
    audio,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    seek(seconds, options) {
      const end = Number.isFinite(audio.duration) ? audio.duration : seconds;
      audio.currentTime = Math.min(end, Math.max(0, seconds));
      tell();
      // a browser may refuse to play before the first click on the page; the position is kept all the same
      if (options?.play) audio.play().catch(tell);
    },
    toggle() {
      if (audio.paused) audio.play().catch(tell);
      else audio.pause();
    },
    dispose() {
      cancelAnimationFrame(frame);
      audio.pause();
      audio.removeAttribute('src');
      audio.load();
      listeners.clear();
    },
  };
}
