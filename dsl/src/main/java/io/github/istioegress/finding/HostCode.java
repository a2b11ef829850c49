package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;
import static io.github.istioegress.finding.CatalogueEntry.warning;

/** 6xx: hosts and addresses that are none, or must not be called. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum HostCode implements FindingCode {
  /** A host that is no DNS name. */
  NO_NAME(
      error(
              "EGR601",
              "host is no DNS name",
              "%s names the host %s, which %s: Istio refuses it, or no call is ever for it",
              "%4$s")
          .like("IST0106")),

  /** A host in letters beyond ASCII, or in what should encode them. */
  FOREIGN_LETTERS(
      error(
              "EGR602",
              "host in other letters",
              "%s names the host %s, which %s: no call to the name that was meant is for it",
              "%4$s")
          .like("IST0106")),

  /** A host that stands twice in a list. */
  REPEATED(
      warning(
          "EGR603",
          "host repeated",
          "%s lists %s, and %s before: Istio takes one of them, or refuses the resource",
          "Leave one of them out")),

  /** An address at which no outside host is. */
  OWN_ADDRESS(
      error(
          "EGR604",
          "address of no outside host",
          "%s declares %s as an outside host, and it is %s: calls go there, or calls meant for it go"
              + " outside",
          "Say an address that the outside host has")),

  /** A range in place of a host, or a very wide one. */
  RANGE(error("EGR605", "range of addresses", "%s has the range %s %s", "%4$s").like("IST0106")),

  /** A port that is none, or one of the proxy. */
  PORT_OF_PROXY(
      error(
              "EGR606",
              "port of the proxy, or no port",
              "%s has port %s, which %s",
              "Use another port")
          .like("IST0106")),

  /** An address in place of a name. */
  ADDRESS_AS_HOST(
      warning(
          "EGR607",
          "address as host",
          "%s names the address %s as host: Istio refuses it, and calls by address have no server"
              + " name by which they could be told",
          "Name the host by its DNS name, and put the address into addresses")),

  /** A rule for an address. */
  RULE_FOR_ADDRESS(
      error(
          "EGR608",
          "route or rule for an address",
          "%s is for %s, an address that no ServiceEntry declares as a host: nothing it says holds"
              + " anywhere",
          "Declare a host with this address in a ServiceEntry, and name the host")),

  /** A host with an upper-case letter. */
  UPPER_CASE(
      error(
          "EGR609",
          "upper-case letter in a host",
          "%s names the host %s, and Istio compares hosts by their letters: %s",
          "Write %4$s"));

  private final CatalogueEntry entry;

  HostCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
