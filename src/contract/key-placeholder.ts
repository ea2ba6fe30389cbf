/** Stands in a template where the key belongs, once the key itself can no longer be shown. */
export const keyPlaceholder = 'YOUR_API_KEY';
