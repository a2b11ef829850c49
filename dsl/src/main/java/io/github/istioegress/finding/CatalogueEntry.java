package io.github.istioegress.finding;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the catalogue says of a code.
 *
 * @param code the code as people write it, {@code EGR904}
 * @param severity how grave it is unless the context says otherwise
 * @param title what it is about, in a few words
 * @param message the template of what is wrong
 * @param remedy the template of what to do, with the same arguments
 * @param relatives the codes of istioctl ({@code IST0101}) and Kiali ({@code KIA1102}) that say
 *     something of it
 * @param unfixtured why no manifest shows it by itself; empty where fixtures do
 */
public record CatalogueEntry(
    String code,
    Severity severity,
    String title,
    String message,
    String remedy,
    List<String> relatives,
    Optional<String> unfixtured) {

  /** Refuses nulls. */
  public CatalogueEntry {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
    relatives = List.copyOf(relatives);
    Objects.requireNonNull(unfixtured, "unfixtured");
  }

  static CatalogueEntry error(String code, String title, String message, String remedy) {
    return of(code, Severity.ERROR, title, message, remedy);
  }

  static CatalogueEntry warning(String code, String title, String message, String remedy) {
    return of(code, Severity.WARNING, title, message, remedy);
  }

  static CatalogueEntry info(String code, String title, String message, String remedy) {
    return of(code, Severity.INFO, title, message, remedy);
  }

  private static CatalogueEntry of(
      String code, Severity severity, String title, String message, String remedy) {
    return new CatalogueEntry(code, severity, title, message, remedy, List.of(), Optional.empty());
  }

  /** The same, said in part by these codes of istioctl and Kiali, too. */
  CatalogueEntry like(String... codes) {
    return new CatalogueEntry(code, severity, title, message, remedy, List.of(codes), unfixtured);
  }

  /** The same, told by the reader of manifests, whose own tests show it. */
  CatalogueEntry ofReader() {
    return unfixtured("It is told by the reader, before anything is judged");
  }

  /** The same, of the files that goals write, whose own tests show it. */
  CatalogueEntry ofOutputFiles() {
    return unfixtured("It is told of the files that a goal writes, not of manifests");
  }

  /** The same, which no manifest shows by itself, for this reason. */
  CatalogueEntry unfixtured(String why) {
    return new CatalogueEntry(code, severity, title, message, remedy, relatives, Optional.of(why));
  }
}
