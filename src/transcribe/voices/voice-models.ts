/** The two networks that tell voices apart: one finds where somebody speaks and who anew, one knows a voice again. */
export type VoicePart = 'segmentation' | 'embedding';

/** Their ONNX files. */
export type VoiceModels = Record<VoicePart, string>;
