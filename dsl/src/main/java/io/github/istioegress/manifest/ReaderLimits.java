package io.github.istioegress.manifest;

/** What a file may have at most, so that no input takes the build down. */
final class ReaderLimits {

  /**
   * Characters of a file: a gateway's namespace with the policies of 10,000 tenants has 30 million.
   */
  static final int CHARACTERS = 32 * 1024 * 1024;

  /** Levels of nesting. */
  static final int DEPTH = 50;

  /** Keys and values of a file. */
  static final int NODES = 1_600_000;

  /** Keys and values of a file of data, which is not made into typed resources. */
  static final int DATA_NODES = 4_000_000;

  /** Findings of a file; more of them help nobody. */
  static final int FINDINGS = 1_000;

  private ReaderLimits() {}
}
