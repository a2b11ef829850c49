package io.github.istioegress.generator;

import io.github.istioegress.analysis.Suppressions;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.layout.Delivery;
import io.github.istioegress.layout.OutputLayout;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The door for a build tool that loads this library beside the user's classes, in a loader of their
 * own: only types of the JDK pass through it.
 *
 * <p>Request: {@code classNames} (list of texts), {@code istioVersion} and {@code layout} (texts,
 * empty for what the definition says and for the usual one), {@code gitRepository}, {@code
 * gitBranch} and {@code gitFolder} (texts, where a tool of delivery finds the output, empty where
 * the layout need not know), {@code baseDirectory} (text, the folder that files of tenants are seen
 * from), {@code tenants} (list of names and globs, none for all), {@code shard} (text, empty for
 * the whole) and {@code sink} (takes path and text of each file as soon as it is complete; without
 * it they are part of the response); {@code suppress} (list of codes of findings, as {@code
 * analyze} takes them). Response: {@code definitions} (list of tables with {@code name}, {@code
 * className}, {@code resources}, {@code traced}, how many calls were, and {@code calls}, the first
 * of them: tables with {@code line}, {@code ok}, {@code from} and {@code to}; {@code findings}:
 * tables with {@code severity} and {@code line}; {@code tenants}: tables with {@code name}, {@code
 * namespace} and {@code ring}, none where it is no fleet; and {@code homes}: for each path the list
 * of namespaces that it is of), {@code files} (sorted table of path and text), {@code others} (list
 * of paths that the definitions yield and the run leaves alone), {@code inputs} (list of the files
 * and folders that tenants were read from), {@code errors} (list of texts; nothing is to be written
 * where there are any) and {@code version}.
 */
public final class IsolatedGenerator implements Function<Map<String, Object>, Map<String, Object>> {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  /** Made by reflection. */
  public IsolatedGenerator() {}

  @Override
  public Map<String, Object> apply(Map<String, Object> request) {
    List<Map<String, Object>> definitions = new ArrayList<>();
    SortedMap<String, String> files = new TreeMap<>();
    BiConsumer<String, String> sink = sink(request, files);
    List<String> others = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    try {
      Suppressions suppressions =
          Suppressions.of(texts(request, "suppress"), ResourceSet.builder().build());
      FleetRun run = FleetRun.of(request);
      EgressGenerator generator = new EgressGenerator(layout(request), version(request));
      Map<String, String> owners = new TreeMap<>();
      DefinitionLoader loader = new DefinitionLoader(getClass().getClassLoader());
      for (Object className : (List<?>) request.getOrDefault("classNames", List.of())) {
        try {
          loader
              .definition(className.toString())
              .ifPresent(
                  type ->
                      generate(
                          loader,
                          type,
                          generator,
                          run,
                          owners,
                          definitions,
                          sink,
                          others,
                          suppressions));
        } catch (IllegalArgumentException e) {
          errors.add(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
      }
      if (errors.isEmpty()) {
        run.orRefuseUnknown();
      }
      inputs.addAll(run.inputs());
    } catch (IllegalArgumentException e) {
      errors.add(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("definitions", definitions);
    response.put("files", errors.isEmpty() ? files : new TreeMap<String, String>());
    response.put("others", others);
    response.put("inputs", inputs);
    response.put("errors", errors);
    response.put(
        "version",
        Optional.ofNullable(getClass().getPackage().getImplementationVersion())
            .orElse("unreleased"));
    return response;
  }

  private static void generate(
      DefinitionLoader loader,
      Class<? extends EgressDefinition> type,
      EgressGenerator generator,
      FleetRun run,
      Map<String, String> owners,
      List<Map<String, Object>> definitions,
      BiConsumer<String, String> files,
      List<String> others,
      Suppressions suppressions) {
    EgressDefinition definition = loader.instance(type);
    String name = loader.ask(definition, "name()", definition::name);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "definition %s is named '%s': a folder's name has lower-case letters, digits and dashes"
              .formatted(type.getName(), name));
    }
    String other = owners.putIfAbsent(name, type.getName());
    if (other != null) {
      throw new IllegalArgumentException(
          "definitions %s and %s are both named '%s': override name() in one of them"
              .formatted(other, type.getName(), name));
    }
    Report report = new Report(name, type.getName(), files, others, suppressions);
    try {
      int resources = run.generate(generator, name, loader, definition, report);
      definitions.add(report.table(resources, run.tenants(name)));
    } catch (IllegalArgumentException e) {
      String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
      throw message.startsWith("definition ")
          ? e
          : new IllegalArgumentException("definition %s: %s".formatted(type.getName(), message), e);
    }
  }

  @SuppressWarnings("unchecked") // Whoever asks gives what is documented.
  private static BiConsumer<String, String> sink(
      Map<String, Object> request, Map<String, String> files) {
    return request.get("sink") instanceof BiConsumer<?, ?> sink
        ? (BiConsumer<String, String>) sink
        : files::put;
  }

  private static OutputLayout layout(Map<String, Object> request) {
    String name = text(request, "layout");
    Delivery delivery =
        new Delivery(
            text(request, "gitRepository"), text(request, "gitBranch"), text(request, "gitFolder"));
    return name.isEmpty() ? OutputLayouts.byDefault() : OutputLayouts.named(name, delivery);
  }

  private static Optional<IstioVersion> version(Map<String, Object> request) {
    String text = text(request, "istioVersion");
    return text.isEmpty() ? Optional.empty() : Optional.of(IstioVersion.parse(text));
  }

  private static List<String> texts(Map<String, Object> request, String key) {
    return ((List<?>) request.getOrDefault(key, List.of())).stream().map(String::valueOf).toList();
  }

  private static String text(Map<String, Object> request, String key) {
    return String.valueOf(request.getOrDefault(key, ""));
  }
}
