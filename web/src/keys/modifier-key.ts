/** The key that goes with K for the command menu, as this machine's keyboard names it. */
export const modifierKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
