package io.github.istioegress.maven.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes of a make-believe module, compiled into a folder. */
final class CompiledSources {

  private final List<JavaFileObject> sources = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();

  /** Adds a class by its binary name. */
  CompiledSources with(String name, String text) {
    sources.add(
        new SimpleJavaFileObject(
            URI.create("string:///" + name.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        });
    return this;
  }

  /** Adds a stand-in for the dsl's generator that does this with a {@code request}. */
  CompiledSources withGenerator(String body) {
    return with(
        "io.github.istioegress.generator.IsolatedGenerator",
        """
        package io.github.istioegress.generator;
        import java.util.*;
        public final class IsolatedGenerator
            implements java.util.function.Function<Map<String, Object>, Map<String, Object>> {
          @Override public Map<String, Object> apply(Map<String, Object> request) {
            %s
          }
        }
        """
            .formatted(body));
  }

  /** Adds what they are compiled against, beside the folder they go into. */
  CompiledSources on(List<Path> paths) {
    classPath.addAll(paths);
    return this;
  }

  Path into(Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String path =
        Stream.concat(Stream.of(folder), classPath.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> options = List.of("-d", folder.toString(), "-cp", path, "-proc:none");
    assertThat(compiler.getTask(null, null, null, options, null, sources).call()).isTrue();
    return folder;
  }
}
