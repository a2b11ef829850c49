package io.github.istioegress.mesh;

import java.util.regex.Matcher;

/**
 * A minor release of Istio, the target of what is generated and the judge of what is traced. A
 * constant's type says what its release has, so that a word that needs a newer one does not
 * compile.
 */
// Without default methods, loading a release does not initialize this interface: no deadlock.
@SuppressWarnings("ClassInitializationDeadlock")
public sealed interface IstioVersion extends Comparable<IstioVersion>
    permits IstioVersion.Since1_22 {

  /** The oldest target: the last release installed with addons in its IstioOperator. */
  IstioVersion V1_7 = new Release(1, 7);

  /** The first release that serves {@code networking.istio.io/v1}. */
  Since1_22 V1_22 = new Release(1, 22);

  /** Istio 1.23. */
  Since1_22 V1_23 = new Release(1, 23);

  /** Istio 1.24. */
  Since1_22 V1_24 = new Release(1, 24);

  /** The first release that gives addresses to hosts and captures DNS of ambient pods. */
  Since1_25 V1_25 = new Release(1, 25);

  /** The first release that reads authorities from a ConfigMap. */
  Since1_26 V1_26 = new Release(1, 26);

  /** Istio 1.27. */
  Since1_26 V1_27 = new Release(1, 27);

  /** Istio 1.28. */
  Since1_26 V1_28 = new Release(1, 28);

  /** Istio 1.29. */
  Since1_26 V1_29 = new Release(1, 29);

  /** The first release whose sidecars look up the hosts of a wildcard. */
  Since1_30 V1_30 = new Release(1, 30);

  /** Istio 1.31, the newest target and the default. */
  Since1_30 V1_31 = new Release(1, 31);

  /** Releases from 1.22 on. */
  sealed interface Since1_22 extends IstioVersion permits Since1_25 {}

  /** Releases from 1.25 on. */
  sealed interface Since1_25 extends Since1_22 permits Since1_26 {}

  /** Releases from 1.26 on. */
  sealed interface Since1_26 extends Since1_25 permits Since1_30 {}

  /** Releases from 1.30 on. */
  sealed interface Since1_30 extends Since1_26 permits Release {}

  /** The major number, always 1 so far. */
  int major();

  /** The minor number, 7 to 31. */
  int minor();

  /**
   * A release by its numbers; for what comes from data, where the compiler cannot help.
   *
   * @throws IllegalArgumentException when it is older than 1.7 or newer than 1.31
   */
  static IstioVersion of(int major, int minor) {
    return new Release(major, minor);
  }

  /**
   * Reads a version as people write it.
   *
   * @param text {@code 1.31}, or with a patch level that is ignored, {@code 1.31.2}
   * @throws IllegalArgumentException when it is not of this form or not a known target
   */
  static IstioVersion parse(String text) {
    Matcher matcher = Release.TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Istio version '" + text + "' is not of the form 1.31: name major and minor");
    }
    return of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Tells whether this release is {@code other} or newer. */
  boolean atLeast(IstioVersion other);
}
