package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;
import static io.github.istioegress.finding.CatalogueEntry.warning;

/** 7xx: leftovers, versions and doubles. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum HygieneCode implements FindingCode {
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
          .ofReader());

  private final CatalogueEntry entry;

  HygieneCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
