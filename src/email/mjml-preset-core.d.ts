declare module 'mjml-preset-core' {
  /** The standard components of MJML. */
  const preset: { components: readonly unknown[]; dependencies: object };
  export = preset;
}
