package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;
import static io.github.istioegress.finding.CatalogueEntry.warning;

/** 5xx: what one tenant does to another. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum TenancyCode implements FindingCode {
  /** Routes of one tenant hold for others. */
  ROUTES_SEEN_BY_OTHERS(
      error(
              "EGR501",
              "routes that others obey",
              "%s routes %s in the sidecars of %s, not only of %s: calls of others to the host take"
                  + " this way, or are blocked",
              "Set spec.exportTo to [\".\"], and to the gateway's namespace where the gateway needs"
                  + " the routes")
          .like("IST0109")),

  /** A host of one tenant is open to others. */
  HOST_SEEN_BY_OTHERS(
      error(
          "EGR502",
          "host open to others",
          "%s declares %s and %s: pods of every namespace may call the host, not only those of %s",
          "Set spec.exportTo to [\".\"], and to the gateway's namespace where calls leave there")),

  /** Two namespaces declare one host and port in different ways. */
  HOST_OF_TWO_OWNERS(
      error(
              "EGR503",
              "host of two owners",
              "%1$s declares port %7$s of %2$s (%4$s), which %3$s declares, too (%5$s), and %6$s"
                  + " sees both: the older entry decides for it, and the other is not looked at",
              "Let one namespace own the host, or export each entry to its own namespace")
          .like("KIA1211", "IST0177")),

  /** Two Gateways claim one host. */
  HOST_CLAIMED_TWICE(
      error(
              "EGR504",
              "host claimed by two Gateways",
              "%1$s serves %2$s on port %3$s of %6$s, as %4$s does for the same namespaces: of two"
                  + " TLS servers one is not there, and of two routes the older decides for both",
              "Write whose routes a host is for, namespace/host, or keep one of the two")
          .like("IST0145", "KIA0301")),

  /** A Gateway takes more hosts than its routes are for. */
  SERVER_TOO_WIDE(
      error(
          "EGR505",
          "server wider than its routes",
          "%s opens %s, and its routes are for %s: a route for any other host of it, of whoever"
              + " may name the Gateway, takes effect here",
          "Name the hosts of the routes, with the namespace they are for, namespace/host")),

  /** Tenants share a gateway that asks nobody. */
  SHARED_WITHOUT_POLICY(
      error(
              "EGR506",
              "shared gateway without a policy",
              "%s opens servers at %s, which %s share, and no AuthorizationPolicy is for its pods:"
                  + " a pod of any of them reaches the hosts of all by calling the gateway with"
                  + " their name",
              "Add an AuthorizationPolicy that allows each namespace its hosts; all else is then"
                  + " denied")
          .like("KIA1301")),

  /** A policy asks who calls where nobody knows. */
  NO_IDENTITY(
      error(
              "EGR507",
              "policy without identities",
              "%s asks who calls, and %s of %s (%s) at %s takes no mutual TLS: nobody is known"
                  + " there, so the rule never holds",
              "Set tls.mode ISTIO_MUTUAL in the server, and in the DestinationRule of its callers")
          .like("KIA0105")),

  /** A policy does not say who may call what. */
  NOT_TIED(
      error(
          "EGR508",
          "policy that does not tie caller and host",
          "Rule %2$s of %1$s at a gateway that tenants share %3$s",
          "Say in one rule who calls and what: from.source, and to.operation.hosts, or a when of"
              + " connection.sni for TLS that passes through")),

  /** An entry is for a host of the cluster. */
  HOST_OF_CLUSTER(
      warning(
          "EGR509",
          "entry for a host of the cluster",
          "%s declares %s, which takes %s: calls to it leave for what the entry says",
          "Declare hosts outside of the cluster only")),

  /** Two rules say the same thing of one host. */
  RULE_TWICE(
      warning(
              "EGR510",
              "said by two DestinationRules",
              "%s says %s for %s, and %s says it, too: the first that Istio reads holds, and the"
                  + " other is not looked at",
              "Say it in one of them")
          .like("KIA0201")),

  /** A rule of the root namespace decides a tenant's TLS. */
  ROOT_RULE_CHANGES_TLS(
      error(
          "EGR511",
          "TLS of a host decided elsewhere",
          "%s declares %s, and %s of the root namespace sets TLS for it: calls of the tenant begin"
              + " or leave out TLS as that rule says",
          "Write a DestinationRule for the host in the tenant's namespace, or narrow that one")),

  /** Two tenants live in one namespace. */
  SHARED_NAMESPACE(
      error(
          "EGR512",
          "namespace of two tenants",
          "%s is of tenant %s, in namespace %s, where %5$s is of tenant %4$s: nothing that Istio"
              + " enforces tells pods of one namespace apart by tenant",
          "Give each tenant a namespace of its own")),

  /** A tenant lives where tenants must not. */
  RESERVED_NAMESPACE(
      error(
          "EGR513",
          "tenant in a reserved namespace",
          "%s is of tenant %s, in namespace %s, which is the mesh's, a gateway's or Kubernetes'"
              + " own: what is written there holds for everybody",
          "Move it to a namespace of the tenant")),

  /** A tenant sets marks that others read. */
  FORBIDDEN_MARK(
      error(
              "EGR514",
              "mark that tenants must not set",
              "%s sets %s, by which the platform's tools or Istio are steered",
              "Leave it out")
          .unfixtured(
              "who wrote a label or an annotation stands in no manifest; a tenants file that asks"
                  + " for one is refused when it is read")),

  /** A tenant names a certificate that is not its own. */
  FOREIGN_CREDENTIAL(
      error(
          "EGR515",
          "credential of somebody else",
          "%s names %s, %s: calls would be made, or taken, in the name of others",
          "Name a Secret of the tenant's own, without a namespace")),

  /** Who owns a host depends on what was made first. */
  OWNER_BY_AGE(
      warning(
          "EGR516",
          "owner by age",
          "%1$s declares %2$s (%4$s), as %3$s does (%5$s), and %6$s sees both: it has the ports of"
              + " the older one, which changes when that one is deleted and made again",
          "Let one namespace own the host, or declare the same ports in both")),

  /** A wildcard of one tenant lies around a host of another. */
  WILDCARD_AROUND_ANOTHERS(
      error(
          "EGR517",
          "wildcard around another's host",
          "%1$s serves %2$s on port %3$s of %6$s, and %5$s of %4$s lies within: the exact name"
              + " wins there, so which routes a call takes hangs on the other tenant",
          "Name the hosts in place of the wildcard")),

  /** A tenant has more than it may. */
  OVER_QUOTA(
      warning(
              "EGR518",
              "quota passed",
              "%s has %s, and its quota is %s",
              "Take something out, or raise the quota")
          .unfixtured(
              "a quota stands in a tenants file and in no manifest; a tenant over it is refused"
                  + " when the file is read")),

  /** Two entries of one host in one namespace that do not become one. */
  ENTRIES_NOT_MERGED(
      error(
          "EGR519",
          "entries that Istio does not merge",
          "%s declares %s, as %s does in the same namespace, and they differ in %s: Istio makes"
              + " two services of them, of which one has no clusters, and with equal age it is not"
              + " determined which",
          "Make them equal in resolution, exportTo, labels and workloadSelector, or declare the"
              + " host once"));

  private final CatalogueEntry entry;

  TenancyCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
