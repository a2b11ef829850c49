package io.github.istioegress.finding;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that will not do as intended.
 *
 * @param code its line in the catalogue
 * @param severity how grave it is here; the catalogue's severity unless the context changes it
 * @param message what is wrong: the resource, the field and the value
 * @param remedy what to do about it
 * @param location where it stands
 * @param resource the resource it is about; empty where it is about a file
 * @param path the field of the resource, {@code spec.ports[1]}; empty for the whole of it
 * @param related other resources that play a part
 * @param trace what becomes of a call that it concerns, line by line; empty where none was followed
 * @param definition the line of Java that said the resource, {@code com.acme.CnnEgress:14}; empty
 *     where it came from a manifest
 */
public record Finding(
    FindingCode code,
    Severity severity,
    String message,
    String remedy,
    Location location,
    Optional<Subject> resource,
    String path,
    List<Subject> related,
    String trace,
    String definition)
    implements Comparable<Finding> {

  private static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding one) -> one.location.file())
          .thenComparing(one -> one.location.line())
          .thenComparing(one -> one.code.code())
          .thenComparing(one -> one.location.column())
          .thenComparing(Finding::message);

  /** Refuses nulls. */
  public Finding {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(trace, "trace");
    Objects.requireNonNull(definition, "definition");
    related = List.copyOf(related);
  }

  /** A finding about a place, of which no more is known. */
  public Finding(
      FindingCode code, Severity severity, String message, String remedy, Location location) {
    this(code, severity, message, remedy, location, Optional.empty(), "", List.of(), "", "");
  }

  /** The same, about a field of a resource. */
  public Finding about(Subject subject, String field) {
    return with(severity, Optional.of(subject), field, related, trace, definition);
  }

  /** The same, as grave as the context makes it. */
  public Finding as(Severity other) {
    return with(other, resource, path, related, trace, definition);
  }

  /** The same, in which these resources play a part. */
  public Finding related(List<Subject> others) {
    return with(severity, resource, path, others, trace, definition);
  }

  /** The same, with what becomes of a call. */
  public Finding tracedAs(String lines) {
    return with(severity, resource, path, related, lines, definition);
  }

  /** The same, of a resource that a line of Java said. */
  public Finding definedAt(String place) {
    return with(severity, resource, path, related, trace, place);
  }

  private Finding with(
      Severity grave,
      Optional<Subject> subject,
      String field,
      List<Subject> others,
      String lines,
      String place) {
    return new Finding(
        code, grave, message, remedy, location, subject, field, others, lines, place);
  }

  /** True where it must stop a build. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** By file, line, code. */
  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  /** {@code EGR904 ERROR file:3:1 message. remedy}, for people. */
  @Override
  public String toString() {
    return "%s %s %s %s. %s".formatted(code.code(), severity, location, message, remedy);
  }
}
