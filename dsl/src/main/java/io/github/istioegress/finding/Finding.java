package io.github.istioegress.finding;

import java.util.Objects;

/**
 * Something that will not do as intended.
 *
 * @param code its line in the catalogue
 * @param severity how grave it is here; the catalogue's severity unless the context changes it
 * @param message what is wrong: the resource, the field and the value
 * @param remedy what to do about it
 * @param location where it stands
 */
public record Finding(
    FindingCode code, Severity severity, String message, String remedy, Location location) {

  /** Refuses nulls. */
  public Finding {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
    Objects.requireNonNull(location, "location");
  }

  /** True where it must stop a build. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code EGR904 ERROR file:3:1 message. remedy}, for people. */
  @Override
  public String toString() {
    return "%s %s %s %s. %s".formatted(code.code(), severity, location, message, remedy);
  }
}
