package io.github.istioegress.mesh;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A minor release of Istio, the target of what is generated and the judge of what is traced.
 *
 * @param major the major number, always 1 so far
 * @param minor the minor number, 7 to 31
 */
public record IstioVersion(int major, int minor) implements Comparable<IstioVersion> {

  /** The oldest target: the last release installed with addons in its IstioOperator. */
  public static final IstioVersion V1_7 = new IstioVersion(1, 7);

  /** The first release that serves {@code networking.istio.io/v1}. */
  public static final IstioVersion V1_22 = new IstioVersion(1, 22);

  /** Istio 1.30. */
  public static final IstioVersion V1_30 = new IstioVersion(1, 30);

  /** Istio 1.31, the newest target and the default. */
  public static final IstioVersion V1_31 = new IstioVersion(1, 31);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\.\\d+.*)?");

  /**
   * Checks that the release is one we can target.
   *
   * @throws IllegalArgumentException when it is older than 1.7 or newer than 1.31
   */
  public IstioVersion {
    if (major != 1 || minor < 7 || minor > 31) {
      throw new IllegalArgumentException(
          "Istio version " + major + "." + minor + " is not known: targets are 1.7 to 1.31");
    }
  }

  /**
   * Reads a version as people write it.
   *
   * @param text {@code 1.31}, or with a patch level that is ignored, {@code 1.31.2}
   * @throws IllegalArgumentException when it is not of this form or not a known target
   */
  public static IstioVersion parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Istio version '" + text + "' is not of the form 1.31: name major and minor");
    }
    return new IstioVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Tells whether this release is {@code other} or newer. */
  public boolean atLeast(IstioVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(IstioVersion other) {
    return Comparator.comparingInt(IstioVersion::major)
        .thenComparingInt(IstioVersion::minor)
        .compare(this, other);
  }

  /** The version as Istio writes it, {@code 1.31}. */
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
