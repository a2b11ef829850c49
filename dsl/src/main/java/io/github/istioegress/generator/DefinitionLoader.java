package io.github.istioegress.generator;

import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressPlan;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds and asks definitions, and turns whatever goes wrong in them into a message with a line. */
final class DefinitionLoader {

  private final ClassLoader loader;

  DefinitionLoader(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * The class, if it is a definition that can be made; empty for any other.
   *
   * @throws IllegalArgumentException when it is one, but cannot be loaded
   */
  Optional<Class<? extends EgressDefinition>> definition(String className) {
    Class<?> type;
    try {
      type = Class.forName(className, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      if (namesDefinition(className)) {
        throw new IllegalArgumentException(
            "definition %s cannot be loaded: %s; compile it for this Java and put all it needs on the class path"
                .formatted(className, e),
            e);
      }
      // A class that needs something the module leaves to others is none of ours.
      return Optional.empty();
    }
    boolean concrete =
        EgressDefinition.class.isAssignableFrom(type)
            && !type.isInterface()
            && !Modifier.isAbstract(type.getModifiers());
    return concrete ? Optional.of(type.asSubclass(EgressDefinition.class)) : Optional.empty();
  }

  /** True where the class file names our interface, which is as much as can be told of it. */
  private boolean namesDefinition(String className) {
    String file = className.replace('.', '/') + ".class";
    String wanted = EgressDefinition.class.getName().replace('.', '/');
    try (InputStream bytes = loader.getResourceAsStream(file)) {
      return bytes != null
          && new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1).contains(wanted);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes a definition.
   *
   * @throws IllegalArgumentException when it has no constructor that we can call, or throws
   */
  EgressDefinition instance(Class<? extends EgressDefinition> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          "definition %s has no constructor without parameters: give it one"
              .formatted(type.getName()),
          e);
    } catch (InvocationTargetException e) {
      throw failed(type, e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw failed(type, e);
    }
  }

  /**
   * Asks a definition something.
   *
   * @throws IllegalArgumentException when it throws or answers null, naming the line
   */
  <T> T ask(
      EgressDefinition definition,
      String what,
      Supplier<@org.jspecify.annotations.Nullable T> question) {
    T answer;
    try {
      answer = question.get();
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      throw failed(definition.getClass(), e);
    }
    if (answer == null) {
      throw new IllegalArgumentException(
          "definition %s answers null to %s: return a plan"
              .formatted(definition.getClass().getName(), what));
    }
    return answer;
  }

  private static IllegalArgumentException failed(Class<?> definition, Throwable thrown) {
    // What went wrong in a static field is inside; the outer stack never comes to the user's line.
    Throwable cause =
        thrown instanceof ExceptionInInitializerError && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    String place = place(cause).map(frame -> " at " + frame).orElse("");
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    // The language's own refusals speak for themselves; anything else names its exception.
    boolean ours = cause instanceof IllegalArgumentException && isLanguage(cause);
    String what =
        ours
            ? message
            : "it threw " + cause.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
    return new IllegalArgumentException(
        "definition %s%s: %s".formatted(definition.getName(), place, what), cause);
  }

  private static boolean isLanguage(Throwable cause) {
    StackTraceElement[] stack = cause.getStackTrace();
    return stack.length > 0 && isOwn(stack[0]);
  }

  private static boolean isOwn(StackTraceElement frame) {
    return frame.getClassName().startsWith("io.github.istioegress.intent.")
        || frame.getClassName().startsWith("io.github.istioegress.dsl.")
        || frame.getClassName().startsWith("io.github.istioegress.fleet.")
        || frame.getClassName().startsWith("io.github.istioegress.mesh.");
  }

  /** The user's own line: the first that is neither the language's nor Java's. */
  private static Optional<StackTraceElement> place(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .takeWhile(frame -> !frame.getClassName().startsWith("io.github.istioegress.generator."))
        .filter(frame -> !isOwn(frame))
        .filter(frame -> !frame.getClassName().startsWith("java."))
        .filter(frame -> !frame.getClassName().startsWith("jdk."))
        .findFirst();
  }

  /** The plan of a definition. */
  EgressPlan plan(EgressDefinition definition) {
    return ask(definition, "define()", definition::define);
  }
}
