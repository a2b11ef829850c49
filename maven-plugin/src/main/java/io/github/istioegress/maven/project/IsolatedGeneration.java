package io.github.istioegress.maven.project;

import io.github.istioegress.layout.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the generator of the module's own dsl version behind a class loader of its own.
 *
 * <p>The loader's parent is the platform's: nothing of Maven or of this plugin's dsl reaches the
 * module's classes, and only JDK types cross.
 *
 * @param classPath the module's class folder and all it depends on
 * @param limit how long a class of the module may be at work; zero for as long as it likes
 * @param alone true where nothing else of the build runs meanwhile
 */
public record IsolatedGeneration(List<Path> classPath, Duration limit, boolean alone) {

  private static final String GENERATOR = "io.github.istioegress.generator.IsolatedGenerator";
  private static final String DEFINITION = "io/github/istioegress/dsl/EgressDefinition.class";

  /** Copies the path. */
  public IsolatedGeneration {
    classPath = List.copyOf(classPath);
  }

  /**
   * Asks the generator.
   *
   * @param warn told of what the module's classes changed in the process
   * @return its answer, whose files are to be closed; empty where the module does not depend on the
   *     dsl
   * @throws RefusedException when a class of the module cannot run
   */
  public Optional<Generation> run(GenerationRequest request, Consumer<String> warn) {
    ExitWatch watch = ExitWatch.start();
    ProcessState before = ProcessState.now();
    try (URLClassLoader loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
      return new WatchedRun(loader, request.classNames(), limit).call(() -> ask(loader, request));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the class path " + classPath, e);
    } catch (ReflectiveOperationException
        | RuntimeException
        | LinkageError
        | AssertionError
        | OutOfMemoryError
        | StackOverflowError e) {
      throw UserCodeFailure.refuse(e, request.classNames());
    } finally {
      watch.stop();
      settle(before, warn);
    }
  }

  private static Optional<Generation> ask(URLClassLoader loader, GenerationRequest request)
      throws ReflectiveOperationException, IOException {
    orRefuseTwo(loader);
    Texts files = new Texts();
    return generator(loader)
        .map(found -> Generation.of(found.apply(request.toMap(files::put)), files));
  }

  /** Where others run, it may be they who changed it: then it is said and left. */
  private void settle(ProcessState before, Consumer<String> warn) {
    for (String change : before.changes()) {
      warn.accept(
          "%s changed while the definitions ran%s: a definition changes nothing"
              .formatted(change, alone ? ", and is as before again" : ""));
    }
    if (alone && !before.changes().isEmpty()) {
      before.restore();
    }
  }

  private static void orRefuseTwo(URLClassLoader loader) throws IOException {
    List<URL> found = Collections.list(loader.getResources(DEFINITION));
    if (found.size() > 1) {
      throw new RefusedException(
          "two istio-egress-dsl are on the module's class path, keep one (mvn dependency:tree): "
              + found.stream()
                  .map(url -> url.toString().replace("jar:", "").replaceAll("[!/]+io/github.*", ""))
                  .collect(Collectors.joining(", ")));
    }
  }

  @SuppressWarnings("unchecked") // Only JDK types cross the loader, so there is nothing to check.
  private static Optional<Function<Map<String, Object>, Map<String, Object>>> generator(
      ClassLoader loader) throws ReflectiveOperationException {
    Class<?> type;
    try {
      type = Class.forName(GENERATOR, true, loader);
    } catch (ClassNotFoundException e) {
      if (loader.getResource(DEFINITION) != null) {
        throw new RefusedException(
            "the module's istio-egress-dsl is too old for this plugin: use the plugin's version",
            e);
      }
      return Optional.empty();
    }
    return Optional.of(
        (Function<Map<String, Object>, Map<String, Object>>) type.getConstructor().newInstance());
  }

  private URL[] urls() throws MalformedURLException {
    URL[] urls = new URL[classPath.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath.get(i).toUri().toURL();
    }
    return urls;
  }
}
