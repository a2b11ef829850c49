package io.github.istioegress.resource;

import java.util.Map;
import java.util.Optional;

/** How Istio compares host names, wildcards such as {@code *.example.com} included. */
public final class HostMatch {

  private HostMatch() {}

  /** True for {@code *} and {@code *.example.com}. */
  public static boolean isWildcard(String host) {
    return host.startsWith("*");
  }

  /** True where some name fits both; either side may be a wildcard. */
  public static boolean overlap(String one, String other) {
    boolean oneWild = isWildcard(one);
    boolean otherWild = isWildcard(other);
    if (oneWild && otherWild) {
      return one.length() < other.length()
          ? other.substring(1).endsWith(one.substring(1))
          : one.substring(1).endsWith(other.substring(1));
    }
    if (oneWild) {
      return other.endsWith(one.substring(1));
    }
    return otherWild ? one.endsWith(other.substring(1)) : one.equals(other);
  }

  /** True where every name of the first fits the second. */
  public static boolean covered(String host, String by) {
    if (isWildcard(host)) {
      return isWildcard(by)
          && host.length() >= by.length()
          && host.substring(1).endsWith(by.substring(1));
    }
    return isWildcard(by) ? host.endsWith(by.substring(1)) : host.equals(by);
  }

  /**
   * The entry that fits a host best: the host itself, else the longest wildcard around it.
   *
   * @param host the host looked up, which may be a wildcard itself
   * @param entries values by host
   */
  public static <T> Optional<T> mostSpecific(String host, Map<String, T> entries) {
    T exact = entries.get(host);
    if (exact != null) {
      return Optional.of(exact);
    }
    String needle = isWildcard(host) ? host.substring(1) : host;
    // The longest suffix wins, so every suffix is tried from the longest on.
    for (int from = 0; from <= needle.length(); from++) {
      T wild = entries.get("*" + needle.substring(from));
      if (wild != null) {
        return Optional.of(wild);
      }
    }
    return Optional.empty();
  }
}
