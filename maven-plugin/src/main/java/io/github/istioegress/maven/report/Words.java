package io.github.istioegress.maven.report;

/** Counts, in words. */
final class Words {

  private Words() {}

  static String files(int count) {
    return counted(count, "file");
  }

  static String counted(int count, String noun) {
    return count == 1 ? "1 " + noun : count + " " + noun + "s";
  }
}
