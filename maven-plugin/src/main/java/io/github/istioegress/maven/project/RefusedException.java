package io.github.istioegress.maven.project;

/** Something the user can put right; the message says what and how. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Refuses with a complete message. */
  public RefusedException(String message) {
    super(message);
  }

  /** Refuses with a complete message and, for {@code -e}, what led to it. */
  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
