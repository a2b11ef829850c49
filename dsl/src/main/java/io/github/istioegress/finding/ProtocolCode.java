package io.github.istioegress.finding;

/** 2xx: protocols, ports and TLS that do not fit. */
@SuppressWarnings({
  "ImmutableEnumChecker", // An entry is a record of values.
  "UnusedMethod" // Goes with the first constant.
})
public enum ProtocolCode implements FindingCode {
  ;

  private final CatalogueEntry entry;

  ProtocolCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}
