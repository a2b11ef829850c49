package io.github.istioegress.trace.policy;

import java.util.List;

/** How the values of a policy name service accounts of the mesh. */
final class Identities {

  /** What every mesh may call its own trust domain. */
  private static final String POINTER = "cluster.local";

  private Identities() {}

  /**
   * A principal as policies write it, {@code TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT}.
   *
   * @param trustDomains the mesh's own, and then its aliases
   */
  static boolean principal(String wanted, String principal, List<String> trustDomains) {
    String[] parts = wanted.split("/", -1);
    boolean meansOurs =
        parts.length == 5
            && !parts[0].equals("*")
            && (parts[0].equals(POINTER)
                || trustDomains.stream().anyMatch(own -> Wildcards.fits(parts[0], own)));
    // Istio writes the mesh's own trust domain in place of an alias, or of what stands for one.
    return Wildcards.fits(
        meansOurs ? trustDomains.get(0) + wanted.substring(parts[0].length()) : wanted, principal);
  }

  /** A namespace as policies write it. */
  static boolean namespace(String wanted, String principal) {
    return Wildcards.fitsGlob("*/ns/" + wanted + "/*", principal);
  }

  /** A service account as policies write it; without a namespace it is of the policy's. */
  static boolean serviceAccount(String wanted, String principal, String policyNamespace) {
    int slash = wanted.indexOf('/');
    String namespace = slash < 0 ? policyNamespace : wanted.substring(0, slash);
    return principal.endsWith("/ns/" + namespace + "/sa/" + wanted.substring(slash + 1));
  }

  /** A trust domain as policies write it. */
  static boolean trustDomain(String wanted, String principal, List<String> trustDomains) {
    return trustDomains.contains(wanted)
        || Wildcards.fitsGlob(wanted, principal.substring(0, principal.indexOf('/')));
  }
}
