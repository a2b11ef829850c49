package io.github.istioegress.maven.project;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Puts what came out of the isolated run into words. */
final class UserCodeFailure {

  private UserCodeFailure() {}

  static RefusedException refuse(Throwable thrown, List<String> classNames) {
    if (thrown instanceof RefusedException refused) {
      return refused;
    }
    Throwable cause = root(thrown);
    String place =
        userFrame(thrown, classNames)
            .map(
                frame ->
                    "%s.%s failed at %s"
                        .formatted(frame.getClassName(), frame.getMethodName(), where(frame)))
            .orElse("the module's definitions could not be run");
    return new RefusedException(
        "%s: %s%s. Nothing written.".formatted(place, words(cause), hint(cause)), thrown);
  }

  /** Without the wrappers that reflection and static initializers put around it. */
  private static Throwable root(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean wrapper =
        thrown instanceof InvocationTargetException
            || thrown instanceof ExceptionInInitializerError;
    return wrapper && cause != null ? root(cause) : thrown;
  }

  private static Optional<StackTraceElement> userFrame(Throwable thrown, List<String> classNames) {
    Optional<StackTraceElement> inner =
        thrown.getCause() == null ? Optional.empty() : userFrame(thrown.getCause(), classNames);
    return inner.or(
        () ->
            Arrays.stream(thrown.getStackTrace())
                .filter(frame -> classNames.contains(frame.getClassName()))
                .findFirst());
  }

  private static String where(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }

  private static String words(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }

  private static String hint(Throwable cause) {
    if (cause instanceof UnsupportedClassVersionError) {
      return "; run Maven on that Java, or lower maven.compiler.release";
    }
    if (cause instanceof NoClassDefFoundError) {
      return "; the class is not among the module's compile and runtime dependencies";
    }
    if (cause instanceof StackOverflowError) {
      return "; a method there calls itself without end";
    }
    if (cause instanceof OutOfMemoryError) {
      return "; give Maven more with MAVEN_OPTS=-Xmx...";
    }
    return "";
  }
}
