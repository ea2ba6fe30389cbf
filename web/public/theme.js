// Runs before the first paint, so that a stored theme never flashes the other one. Same key as src/shell/theme.ts.
(() => {
  const stored = localStorage.getItem('aria.theme');
  if (stored === 'light' || stored === 'dark') document.documentElement.dataset.theme = stored;
})();
