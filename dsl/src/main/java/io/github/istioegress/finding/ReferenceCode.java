package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;
import static io.github.istioegress.finding.CatalogueEntry.info;
import static io.github.istioegress.finding.CatalogueEntry.warning;

/** 1xx: names that lead to nothing. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum ReferenceCode implements FindingCode {
  /** A VirtualService is bound to a Gateway that is not there. */
  GATEWAY_NOT_FOUND(
      error(
              "EGR101",
              "Gateway not found",
              "%s is bound to Gateway %s, which is not there: no gateway has its routes, and calls"
                  + " that come to one end with 404 or are refused",
              "%3$s")
          .like("IST0101", "KIA1102")),

  /** A route leads to a subset that no DestinationRule defines. */
  SUBSET_NOT_DEFINED(
      error(
              "EGR102",
              "subset not defined",
              "%s sends calls to subset %s of %s, which no DestinationRule defines: there is no"
                  + " cluster for it in %s, and the calls end with 503",
              "Add the subset to a DestinationRule for the host, %5$s")
          .like("IST0101", "KIA1107")),

  /** A route leads to a subset that is defined where the calling proxy does not look. */
  SUBSET_OUT_OF_REACH(
      error(
          "EGR103",
          "subset defined where the proxy does not look",
          "%s sends calls to subset %s of %s. %s defines it, but not for %s: %s. There is"
              + " no cluster for it, and the calls end with 503",
          "%7$s")),

  /** A route leads to a host that the proxy does not know. */
  DESTINATION_NOT_FOUND(
      error(
              "EGR104",
              "destination not found",
              "%s sends calls to %s, %s: the proxy has no cluster for it, and the calls end with"
                  + " 503",
              "%4$s")
          .like("IST0101", "KIA1101")),

  /** The selector of a Gateway selects no pod. */
  SELECTOR_MATCHES_NO_POD(
      error(
              "EGR105",
              "Gateway selects no pod",
              "%s selects pods with %s, and there are none: its servers open nowhere, and calls end"
                  + " with 404 or are refused",
              "Select labels that the gateway's pods have: %3$s")
          .like("IST0101", "KIA0302")),

  /** The port of a server is not a port of the gateway's Service. */
  PORT_OF_NO_SERVICE(
      error(
              "EGR106",
              "server port that no Service has",
              "%s opens a server on port %s, which is neither a port nor a target port of %s: no"
                  + " call comes to it",
              "Use one of the Service's ports %4$s, or add this one to the Service")
          .like("IST0162")),

  /** A gateway sends to an outside host that nobody declares. */
  OUTSIDE_HOST_NOT_DECLARED(
      error(
              "EGR107",
              "outside host not declared",
              "%s sends calls at the gateway to %s, %s: the gateway has no cluster for it and"
                  + " answers 503",
              "%4$s")
          .like("IST0101", "KIA1101")),

  /** A route leads to a port that the host does not have. */
  PORT_NOT_DECLARED(
      error(
              "EGR108",
              "port not declared",
              "%s sends calls to port %s of %s, which declares %s: the proxy has no cluster for it"
                  + " and answers 503",
              "Send to a declared port, or declare this one")
          .like("IST0101")),

  /** A proxy does not have the Secret that is named. */
  CREDENTIAL_NOT_FOUND(
      error(
              "EGR109",
              "credential not found",
              "%s names credential %s, for which the proxy looks in its own namespace %s: %s. It"
                  + " gets no certificate, and connections fail",
              "Put a Secret %2$s with the keys that the mode needs into namespace %3$s")
          .like("IST0101", "IST0161")),

  /** A DestinationRule is for a host that is not there. */
  RULE_HOST_NOT_FOUND(
      error(
              "EGR110",
              "DestinationRule for no host",
              "%s is for %s, %s: nothing it says holds anywhere",
              "%4$s")
          .like("IST0174", "KIA0202")),

  /** A resource is exported to a namespace that is not there. */
  EXPORTED_TO_NOBODY(
      warning(
              "EGR111",
              "exported to no namespace",
              "%s is exported to namespace %s, which is not there: nobody there sees it",
              "%3$s")
          .like("KIA0005")),

  /** A Sidecar imports what is not there. */
  IMPORTS_NOTHING(
      warning(
              "EGR112",
              "Sidecar imports nothing",
              "%s imports %s, %s: the import is empty, and calls to the host are undeclared",
              "%4$s")
          .like("KIA1004")),

  /** The labels of a subset select nothing. */
  SUBSET_SELECTS_NOTHING(
      warning(
              "EGR113",
              "subset selects nothing",
              "%s defines subset %s by labels %s, which no pod or endpoint of %s has: calls to the"
                  + " subset end with 503",
              "Use labels that are there, or give them to the pods")
          .like("IST0173", "KIA0203")),

  /** A subset says nothing. */
  SUBSET_SAYS_NOTHING(
      info(
              "EGR114",
              "subset without labels",
              "%s defines subset %s of %s without labels and without a policy: it is the whole host",
              "Give it labels or a policy, or send to the host itself")
          .like("KIA0209")),

  /** A workload selector selects no pod. */
  SELECTOR_SELECTS_NOTHING(
      warning(
              "EGR115",
              "selects no pod",
              "%s selects pods with %s, and namespace %s shows none: it holds for nobody",
              "Use labels that the pods' templates have")
          .like("IST0127", "KIA0004")),

  /** A delegate, or the destination of copies, is not there. */
  MIRROR_OR_DELEGATE_NOT_FOUND(
      error(
              "EGR116",
              "delegate or mirror not found",
              "%s sends %s, %s: the route is left out, or the copies are lost",
              "%4$s")
          .like("IST0101")),

  /** A policy names somebody who is not there. */
  POLICY_NAMES_NOBODY(
      warning(
              "EGR117",
              "AuthorizationPolicy names nobody",
              "%s names %s, but %s: the rule never applies",
              "%4$s")
          .like("KIA0101", "KIA0104", "KIA0106", "IST0101"));

  private final CatalogueEntry entry;

  ReferenceCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
