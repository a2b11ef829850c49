package io.github.istioegress.trace.policy;

/** How the values of a policy name service accounts of the mesh. */
final class Identities {

  private Identities() {}

  /** A principal as policies write it, as {@code TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT}. */
  static boolean principal(String wanted, String principal) {
    String[] parts = wanted.split("/", -1);
    boolean begins =
        parts.length == 5
            && !parts[0].equals("*")
            && parts[0].endsWith("*")
            && Wildcards.fits(parts[0], Identity.TRUST_DOMAIN);
    // Istio writes the mesh's own trust domain in place of one that its beginning stands for.
    return Wildcards.fits(
        begins ? Identity.TRUST_DOMAIN + wanted.substring(parts[0].length()) : wanted, principal);
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
  static boolean trustDomain(String wanted, String principal) {
    return Wildcards.fitsGlob(wanted, principal.substring(0, principal.indexOf('/')));
  }
}
