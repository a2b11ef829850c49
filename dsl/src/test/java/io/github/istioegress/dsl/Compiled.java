package io.github.istioegress.dsl;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A class of some user, compiled in memory against this library.
 *
 * @param name its name
 * @param source its text
 * @param mistakes what the compiler says against it; empty where it compiles
 * @param classes its bytes, by class name
 */
public record Compiled(
    String name, String source, List<Mistake> mistakes, Map<String, byte[]> classes) {

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  // Kept open: it is the opening of the class path's jars that takes the time.
  private static final StandardJavaFileManager CLASS_PATH =
      COMPILER.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);

  /**
   * What the compiler says.
   *
   * @param line the line, from 1
   * @param at the text from the place of the error to the end of its line
   * @param message the compiler's words
   */
  public record Mistake(long line, String at, String message) {}

  /** Compiles a class. */
  public static Compiled of(String name, String source) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> written = new HashMap<>();
    COMPILER
        .getTask(
            null,
            inMemory(written),
            diagnostics,
            List.of("-proc:none"),
            null,
            List.of(new Source(name, source)))
        .call();
    Map<String, byte[]> classes = new HashMap<>();
    written.forEach((type, bytes) -> classes.put(type, bytes.toByteArray()));
    return new Compiled(
        name,
        source,
        diagnostics.getDiagnostics().stream()
            .filter(said -> said.getKind() == Diagnostic.Kind.ERROR)
            .map(said -> error(source, said))
            .toList(),
        classes);
  }

  private static Mistake error(String source, Diagnostic<? extends JavaFileObject> said) {
    int place = (int) said.getPosition();
    String at = place < 0 ? "" : source.substring(place).lines().findFirst().orElse("");
    return new Mistake(said.getLineNumber(), at, said.getMessage(Locale.ROOT));
  }

  /** An instance of the class, which implements Supplier. */
  public Supplier<?> supplier() {
    ClassLoader loader =
        new ClassLoader(Compiled.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String type) throws ClassNotFoundException {
            byte[] bytes = classes.get(type);
            if (bytes == null) {
              throw new ClassNotFoundException(type);
            }
            return defineClass(type, bytes, 0, bytes.length);
          }
        };
    try {
      var constructor = loader.loadClass(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Supplier<?>) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(mistakes.toString(), e);
    }
  }

  private static JavaFileManager inMemory(Map<String, ByteArrayOutputStream> written) {
    return new ForwardingJavaFileManager<StandardJavaFileManager>(CLASS_PATH) {
      @Override
      public JavaFileObject getJavaFileForOutput(
          Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.put(type, bytes);
        return new SimpleJavaFileObject(URI.create("memory:///" + type + ".class"), kind) {
          @Override
          public OutputStream openOutputStream() {
            return bytes;
          }
        };
      }
    };
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
