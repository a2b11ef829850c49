package io.github.istioegress.finding;

/** 5xx: what one tenant does to another. */
@SuppressWarnings({
  "ImmutableEnumChecker", // An entry is a record of values.
  "UnusedMethod" // Goes with the first constant.
})
public enum TenancyCode implements FindingCode {
  ;

  private final CatalogueEntry entry;

  TenancyCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
