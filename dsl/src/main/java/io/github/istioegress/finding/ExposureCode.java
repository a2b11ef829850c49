package io.github.istioegress.finding;

/** 4xx: ways around the gateway, and doors left open. */
@SuppressWarnings({
  "ImmutableEnumChecker", // An entry is a record of values.
  "UnusedMethod" // Goes with the first constant.
})
public enum ExposureCode implements FindingCode {
  ;

  private final CatalogueEntry entry;

  ExposureCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
