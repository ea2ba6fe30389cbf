/** The part of sherpa-onnx-node 1.13 that Aria uses; the package ships no types. */
declare module 'sherpa-onnx-node' {
  export type Waveform = { samples: Float32Array; sampleRate: number };

  export type RecognitionResult = {
    text: string;
    /** Pieces; one that begins with a space (or U+2581) begins a word. */
    tokens: string[];
    /** Seconds from the beginning of the stream, one per piece; empty where the model has none. */
    timestamps?: number[];
    /** Natural logarithm of each piece's probability; may be empty. */
    ys_probs?: number[];
    ys_log_probs?: number[];
    lang?: string;
  };

  export interface OnlineStream {
    acceptWaveform(wave: Waveform): void;
    inputFinished(): void;
  }
  export interface OfflineStream {
    acceptWaveform(wave: Waveform): void;
  }

  type FeatureConfig = { sampleRate: number; featureDim: number };
  type ModelConfig = {
    tokens: string;
    numThreads: number;
    provider: string;
    debug: number;
    [kind: string]: unknown;
  };
  export type RecognizerConfig = {
    featConfig: FeatureConfig;
    modelConfig: ModelConfig;
    decodingMethod?: 'greedy_search' | 'modified_beam_search';
    maxActivePaths?: number;
    enableEndpoint?: boolean;
  };
  export type VadConfig = {
    sileroVad: {
      model: string;
      threshold: number;
      minSilenceDuration: number;
      minSpeechDuration: number;
      maxSpeechDuration: number;
      windowSize: number;
    };
    sampleRate: number;
    numThreads: number;
    debug: boolean;
  };

  type SessionConfig = { numThreads: number; debug: number; provider: string };
  export type EmbeddingConfig = { model: string } & SessionConfig;
  export type DiarisationConfig = {
    segmentation: { pyannote: { model: string } } & SessionConfig;
    embedding: EmbeddingConfig;
    /** `threshold` counts where the number is not given (-1). */
    clustering: { numClusters: number; threshold: number };
    /** Seconds. */
    minDurationOn: number;
    minDurationOff: number;
  };
  /** Somebody speaks, in seconds; segments of two may overlap. */
  export type VoiceSegment = { start: number; end: number; speaker: number };
  export type Diarisation = { sampleRate: number; process(samples: Float32Array): VoiceSegment[] };

  const sherpa: {
    version: string;
    OfflineSpeakerDiarization: new (config: DiarisationConfig) => Diarisation;
    SpeakerEmbeddingExtractor: new (
      config: EmbeddingConfig,
    ) => {
      createStream(): OnlineStream;
      isReady(stream: OnlineStream): boolean;
      compute(stream: OnlineStream, enableExternalBuffer?: boolean): Float32Array;
    };
    OnlineRecognizer: new (
      config: RecognizerConfig,
    ) => {
      createStream(): OnlineStream;
      isReady(stream: OnlineStream): boolean;
      decode(stream: OnlineStream): void;
      getResult(stream: OnlineStream): RecognitionResult;
    };
    OfflineRecognizer: new (
      config: RecognizerConfig,
    ) => {
      createStream(): OfflineStream;
      decode(stream: OfflineStream): void;
      getResult(stream: OfflineStream): RecognitionResult;
    };
    Vad: new (
      config: VadConfig,
      bufferSeconds: number,
    ) => {
      acceptWaveform(samples: Float32Array): void;
      isEmpty(): boolean;
      /** `start` counts samples since the last reset. */
      front(enableExternalBuffer?: boolean): { start: number; samples: Float32Array };
      pop(): void;
      flush(): void;
      reset(): void;
    };
    LinearResampler: new (
      from: number,
      to: number,
    ) => {
      resample(samples: Float32Array): Float32Array;
      flush(samples: Float32Array): Float32Array;
      reset(): void;
    };
  };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS and exports one object
  export default sherpa;
}
