type Box = { left: number; top: number; right: number; bottom: number };
type Size = { width: number; height: number };

const gap = 6;
const edge = 8;

/**
 * Where a floating box goes, in viewport pixels: below its anchor, above where there is no room, never beyond
 * the edges of the screen.
 */
export function floatAt(
  anchor: Box,
  box: Size,
  screen: Size,
  align: 'start' | 'center',
): { left: number; top: number } {
  const wanted = align === 'start' ? anchor.left : (anchor.left + anchor.right - box.width) / 2;
  const left = Math.max(edge, Math.min(wanted, screen.width - box.width - edge));
  const below = anchor.bottom + gap;
  const fits = below + box.height <= screen.height - edge;
  const above = anchor.top - gap - box.height;
  return { left, top: fits || above < edge ? below : above };
}

/** Opens an element of the popover kind beside its anchor, in the browser's top layer. */
export function openBeside(box: HTMLElement, anchor: HTMLElement, align: 'start' | 'center'): void {
  if (!box.matches(':popover-open')) box.showPopover();
  const screen = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const size = { width: box.offsetWidth, height: box.offsetHeight };
  const { left, top } = floatAt(anchor.getBoundingClientRect(), size, screen, align);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}
