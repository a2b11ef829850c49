package io.github.istioegress.maven.project;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns a {@code System.exit} of the module's classes into a failure that names its line; without
 * it Maven would be gone with any exit code, zero included, before it could say a word.
 */
final class ExitWatch {

  private final PrintStream out;
  private final Thread hook = new Thread(this::ending, "istio-egress exit watch");

  private ExitWatch(PrintStream out) {
    this.out = out;
  }

  /** Watches until stopped. */
  static ExitWatch start() {
    ExitWatch watch = new ExitWatch(System.err);
    Runtime.getRuntime().addShutdownHook(watch.hook);
    return watch;
  }

  /** Watches no longer. */
  void stop() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The process is ending, by a signal: nobody is left to be watched.
    }
  }

  /** Runs while the process ends: a thread that called for it waits inside that call. */
  private void ending() {
    Thread.getAllStackTraces().values().stream()
        .map(stack -> caller(Arrays.asList(stack)))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            frame -> {
              out.printf(
                  "[ERROR] %s.%s ended the Java process at %s:%s: System.exit has no place in a"
                      + " definition. Nothing written.%n",
                  frame.getClassName(),
                  frame.getMethodName(),
                  frame.getFileName(),
                  frame.getLineNumber());
              out.flush();
              Runtime.getRuntime().halt(1);
            });
  }

  /** Who called {@code exit}; empty where this stack did not, as when a signal ends the process. */
  static Optional<StackTraceElement> caller(List<StackTraceElement> stack) {
    return stack.stream().anyMatch(ExitWatch::isExit)
        ? stack.stream()
            .dropWhile(frame -> !isExit(frame))
            .dropWhile(frame -> frame.getClassName().startsWith("java.lang."))
            .findFirst()
        : Optional.empty();
  }

  private static boolean isExit(StackTraceElement frame) {
    return frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
  }
}
