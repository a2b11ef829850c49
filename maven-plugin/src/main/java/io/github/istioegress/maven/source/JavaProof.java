package io.github.istioegress.maven.source;

import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressPlan;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/** Compiles what was written, in memory and with every warning an error, and asks it. */
public final class JavaProof {

  private JavaProof() {}

  /** True where the Java that runs us can compile. */
  public static boolean isPossible() {
    return ToolProvider.getSystemJavaCompiler() != null;
  }

  /**
   * Makes sure that each definition compiles and says what it is to say.
   *
   * @throws IllegalStateException when one does not, with what the compiler says
   */
  public static void check(List<WrittenClass> written) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager disk = compiler.getStandardFileManager(said, Locale.ROOT, null);
        JavaFileManager memory = new Memory(disk, classes)) {
      List<JavaFileObject> sources = written.stream().<JavaFileObject>map(Source::new).toList();
      List<String> options =
          List.of("-Xlint:all", "-Werror", "-proc:none", "--release", "17", "-cp", classPath());
      boolean good = compiler.getTask(null, memory, said, options, null, sources).call();
      if (!good) {
        throw new IllegalStateException(
            "what was written does not compile: "
                + said.getDiagnostics().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining("; ")));
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("the compiler cannot be asked", e);
    }
    ClassLoader loader = new Classes(classes);
    for (WrittenClass one : written) {
      one.plan().ifPresent(plan -> ask(loader, one, plan));
    }
  }

  private static void ask(ClassLoader loader, WrittenClass written, EgressPlan plan) {
    try {
      Object made =
          loader.loadClass(written.qualifiedName()).getDeclaredConstructor().newInstance();
      EgressPlan said = ((EgressDefinition) made).define();
      if (!said.equals(plan)) {
        throw new IllegalStateException(
            "%s says something else than was recognized".formatted(written.qualifiedName()));
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s cannot be asked: %s".formatted(written.qualifiedName(), e), e);
    }
  }

  /** The language, and the annotations on its types. */
  private static String classPath() {
    return Stream.of(EgressDefinition.class, NullMarked.class)
        .map(JavaProof::place)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("%s lies nowhere".formatted(type), e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(WrittenClass written) {
      super(URI.create("string:///" + written.path()), Kind.SOURCE);
      this.text = written.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Classes that stay in memory. */
  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    Memory(JavaFileManager disk, Map<String, ByteArrayOutputStream> classes) {
      super(disk);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("mem:///" + name.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(name, bytes);
          return bytes;
        }
      };
    }
  }

  private static final class Classes extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> classes;

    Classes(Map<String, ByteArrayOutputStream> classes) {
      super(JavaProof.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      ByteArrayOutputStream bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }
  }
}
