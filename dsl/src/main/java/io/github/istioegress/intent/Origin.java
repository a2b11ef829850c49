package io.github.istioegress.intent;

/**
 * The line that said something: of Java, or of a data file.
 *
 * <p>It travels beside the intent for messages only: any two origins are equal, so that the same
 * sentence said in two places is the same intent.
 */
public final class Origin {

  private static final Origin UNKNOWN = new Origin("", "", 0);

  private final String className;
  private final String file;
  private final int line;

  private Origin(String className, String file, int line) {
    this.className = className;
    this.file = file;
    this.line = line;
  }

  /** The place of a stack frame. */
  static Origin of(StackWalker.StackFrame frame) {
    String file = frame.getFileName();
    return new Origin(
        frame.getClassName(), file == null ? "" : file, Math.max(frame.getLineNumber(), 0));
  }

  /** Where nobody knows, for values read from data. */
  public static Origin unknown() {
    return UNKNOWN;
  }

  /** The line of a data file. */
  public static Origin file(String name, int line) {
    return new Origin("", name, line);
  }

  /**
   * The line in user code from which the language was called: the first frame that is neither the
   * language's nor Java's, which stands between in {@code hosts.map(Egress::to)}.
   */
  public static Origin caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !isNobodys(frame.getClassName()))
                    .findFirst()
                    .map(Origin::of)
                    .orElse(UNKNOWN));
  }

  private static boolean isNobodys(String className) {
    return className.startsWith("io.github.istioegress.intent.")
        || className.startsWith("io.github.istioegress.dsl.")
        || className.startsWith("io.github.istioegress.fleet.")
        || className.startsWith("java.")
        || className.startsWith("jdk.");
  }

  /** The class that said it, empty where unknown. */
  public String className() {
    return className;
  }

  /** The line, counted from 1; 0 where unknown. */
  public int line() {
    return line;
  }

  /** True where the place is known. */
  public boolean isKnown() {
    return line > 0;
  }

  /**
   * The place as a stack trace shows it, {@code com.acme.CnnEgress(CnnEgress.java:14)}; of a data
   * file {@code tenants.yaml:14}.
   */
  public String place() {
    if (isKnown() && className.isEmpty()) {
      return toString();
    }
    return isKnown() ? className + "(" + file + ":" + line + ")" : "unknown line";
  }

  /** The place as reports write it, {@code com.acme.CnnEgress:14}; empty where unknown. */
  @Override
  public String toString() {
    return isKnown() ? (className.isEmpty() ? file : className) + ":" + line : "";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Origin;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
