package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;

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
              "%s sends calls to subset %s of %s, which no DestinationRule defines: %s have no"
                  + " cluster for it and answer 503",
              "Add the subset to a DestinationRule for the host, %5$s")
          .like("IST0101", "KIA1107")),

  /** A route leads to a subset that is defined where the calling proxy does not look. */
  SUBSET_OUT_OF_REACH(
      error(
          "EGR103",
          "subset defined where the proxy does not look",
          "%s sends calls to subset %s of %s. %s defines it, but not for %s: %s. They have no"
              + " cluster for it and answer 503",
          "%7$s")),

  /** A route leads to a host that the proxy does not know. */
  DESTINATION_NOT_FOUND(
      error(
              "EGR104",
              "destination not found",
              "%s sends calls to %s, %s: the proxy has no cluster for it, and the calls end with"
                  + " 503",
              "%4$s")
          .like("IST0101", "KIA1101"));

  private final CatalogueEntry entry;

  ReferenceCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
