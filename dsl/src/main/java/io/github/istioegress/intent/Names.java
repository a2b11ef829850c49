package io.github.istioegress.intent;

import java.util.regex.Pattern;

/** The rules that Kubernetes and Istio have for names, checked at the user's own line. */
final class Names {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern QUALIFIED =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private Names() {}

  /** A DNS label: namespaces, port names, subsets. */
  static void checkLabel(String what, String name) {
    if (!LABEL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what
              + " '"
              + name
              + "' is not a DNS label: use 1 to 63 lower-case letters, digits and"
              + " dashes, without a dash at either end");
    }
  }

  /** A DNS subdomain: names of resources. */
  static void checkResourceName(String what, String name) {
    if (name.length() > 253 || !SUBDOMAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what
              + " '"
              + name
              + "' is not a resource name: use up to 253 lower-case letters, digits,"
              + " dashes and dots, as in cnn or cnn.news");
    }
  }

  /** A label of a pod or a namespace. */
  static void checkPodLabel(String what, String key, String value) {
    String name = key.substring(key.indexOf('/') + 1);
    String prefix = key.substring(0, Math.max(key.indexOf('/'), 0));
    boolean keyFits =
        QUALIFIED.matcher(name).matches()
            && (!key.contains("/")
                || (SUBDOMAIN.matcher(prefix).matches() && prefix.length() <= 253));
    if (!keyFits) {
      throw new IllegalArgumentException(
          what
              + " has the label key '"
              + key
              + "': a key is up to 63 letters, digits, '-', '_' and"
              + " '.', with an optional DNS prefix and '/'");
    }
    if (!value.isEmpty() && !QUALIFIED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what
              + " has the label "
              + key
              + " with value '"
              + value
              + "': a value is up to 63"
              + " letters, digits, '-', '_' and '.'");
    }
  }
}
