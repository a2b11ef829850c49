package io.github.istioegress.fleet;

import java.util.regex.Pattern;

/** What names in a tenants file may look like; the shipped schema says the same. */
final class Words {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Pattern LABEL_KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*/)?"
              + "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  /** Labels of a namespace by which Istio, the API server and tools of delivery are steered. */
  private static final Pattern STEERING =
      Pattern.compile(
          "istio-injection|([a-z0-9.-]+\\.)?istio\\.io/.*|([a-z0-9.-]+\\.)?(kubernetes|k8s)\\.io/.*"
              + "|argocd\\.argoproj\\.io/.*|[a-z0-9.-]+\\.fluxcd\\.io/.*|(meta\\.)?helm\\.sh/.*");

  private Words() {}

  /** True for a label that a tenant must not set: it is the platform's. */
  static boolean isSteering(String key) {
    return STEERING.matcher(key).matches();
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static boolean isLabelKey(String text) {
    return LABEL_KEY.matcher(text).matches();
  }

  static boolean isLabelValue(String text) {
    return LABEL_VALUE.matcher(text).matches();
  }

  static void checkName(String what, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "%s '%s' is no DNS label: use 1 to 63 lower-case letters, digits and dashes, without a dash at either end"
              .formatted(what, name));
    }
  }
}
