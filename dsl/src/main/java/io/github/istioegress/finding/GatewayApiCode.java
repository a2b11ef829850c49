package io.github.istioegress.finding;

/** 8xx: the Gateway API and ambient mode. */
@SuppressWarnings({
  "ImmutableEnumChecker", // An entry is a record of values.
  "UnusedMethod" // Goes with the first constant.
})
public enum GatewayApiCode implements FindingCode {
  ;

  private final CatalogueEntry entry;

  GatewayApiCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
