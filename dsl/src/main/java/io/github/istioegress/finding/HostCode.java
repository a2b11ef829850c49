package io.github.istioegress.finding;

/** 6xx: hosts and addresses that are none, or must not be called. */
@SuppressWarnings({
  "ImmutableEnumChecker", // An entry is a record of values.
  "UnusedMethod" // Goes with the first constant.
})
public enum HostCode implements FindingCode {
  ;

  private final CatalogueEntry entry;

  HostCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
