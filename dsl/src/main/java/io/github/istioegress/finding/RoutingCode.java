package io.github.istioegress.finding;

/** 3xx: routes that lead nowhere, or elsewhere than they say. */
@SuppressWarnings({
  "ImmutableEnumChecker", // An entry is a record of values.
  "UnusedMethod" // Goes with the first constant.
})
public enum RoutingCode implements FindingCode {
  ;

  private final CatalogueEntry entry;

  RoutingCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
