package io.github.istioegress.mesh;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The one implementation of all releases; a constant hands it out as what its release has. */
record Release(int major, int minor) implements IstioVersion.Since1_30 {

  static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\.\\d+.*)?");

  Release {
    if (major != 1 || minor < 7 || minor > 31) {
      throw new IllegalArgumentException(
          "Istio version " + major + "." + minor + " is not known: targets are 1.7 to 1.31");
    }
  }

  @Override
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
