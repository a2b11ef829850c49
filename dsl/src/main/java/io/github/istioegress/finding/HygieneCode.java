package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;
import static io.github.istioegress.finding.CatalogueEntry.info;
import static io.github.istioegress.finding.CatalogueEntry.warning;

/** 7xx: leftovers, versions and doubles. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum HygieneCode implements FindingCode {
  /** Something that nothing uses. */
  NOT_USED(
      warning(
          "EGR701",
          "not used",
          "%s is there, %s: %s",
          "Take it out, or bind to it what it is for")),

  /** A version of the API that is older than need be. */
  OLD_VERSION(
      info(
              "EGR702",
              "old version of the API",
              "%s is written in %s, which is still served, and will not be for ever",
              "Write apiVersion: %3$s; the fields are the same")
          .like("IST0002", "IST0135")),

  /** A field that is not known, or that would be lost. */
  UNKNOWN_FIELD(
      warning("EGR703", "unknown field", "%1$s has the field %2$s, which %3$s", "%4$s").ofReader()),
  /** Two documents for one resource. */
  DUPLICATE_RESOURCE(
      error(
              "EGR704",
              "two documents for one resource",
              "%s stands here and at %s",
              "Keep one of the two documents")
          .ofReader()),

  /** A name or a label that the API server refuses. */
  NAME_NOT_VALID(
      error(
              "EGR705",
              "name not valid",
              "%s has the %s '%s', which the API server refuses",
              "Use %4$s")
          .like("IST0106")),

  /** Something that may change without notice. */
  ALPHA_FEATURE(
      warning(
              "EGR706",
              "not stable",
              "%s is %s: it changes what proxies do in ways that are not foreseen here, and may"
                  + " break with any release",
              "Say it by the stable kinds, or check it again at each upgrade")
          .like("IST0136", "IST0151", "IST0152", "IST0153", "IST0154", "IST0155")),

  /** Something that the target release does not read. */
  NEWER_THAN_TARGET(
      info(
              "EGR707",
              "newer than the target",
              "%s is not read by istiod %s without flags for what is not stable: it has no effect",
              "Target a release that reads %3$s, or write the routes as VirtualServices")
          .like("IST0168", "IST0169"));

  private final CatalogueEntry entry;

  HygieneCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
