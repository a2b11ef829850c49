package io.github.istioegress.manifest;

/** What a file may have at most, so that no input takes the build down. */
final class ReaderLimits {

  /** Characters of a file. */
  static final int CHARACTERS = 8 * 1024 * 1024;

  /** Levels of nesting. */
  static final int DEPTH = 50;

  /** Keys and values of a file. */
  static final int NODES = 400_000;

  /** Keys and values of a file of data, which is not made into typed resources. */
  static final int DATA_NODES = 4_000_000;

  /** Findings of a file; more of them help nobody. */
  static final int FINDINGS = 1_000;

  private ReaderLimits() {}
}
