package io.github.istioegress.layout;

import io.github.istioegress.layout.Placement.PlacedFile;
import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A folder a namespace, an Application a folder. Waves are the stages; since they hold within one
 * Application only, the folders that send no calls to a gateway are synchronized first.
 */
final class ArgoCdLayout implements OutputLayout {

  private static final String WAVE = "argocd.argoproj.io/sync-wave";
  private static final String STEP = "istio-egress/step";
  private static final String FIRST = "gateways";
  private static final String SECOND = "callers";

  private final Folders folders = new Folders("");
  private final ManifestWriter writer = new ManifestWriter();
  private final Delivery delivery;

  ArgoCdLayout(Delivery delivery) {
    this.delivery = delivery.orRefuseUnsaid(name());
  }

  @Override
  public String name() {
    return "argo-cd";
  }

  @Override
  public String path(Resource resource) {
    return folders.path(resource);
  }

  @Override
  public Map<String, String> annotations(Resource resource) {
    return resource.kind() == ResourceKind.ISTIO_OPERATOR
        ? Map.of()
        : Map.of(WAVE, Integer.toString(ApplyStage.of(resource).number()));
  }

  @Override
  public List<RenderedFile> index(Placement placement) {
    Map<String, Object> set = new LinkedHashMap<>();
    set.put("apiVersion", "argoproj.io/v1alpha1");
    set.put("kind", "ApplicationSet");
    set.put("metadata", table("name", placement.name(), "namespace", "argocd"));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("goTemplate", true);
    spec.put("goTemplateOptions", List.of("missingkey=error"));
    spec.put("generators", generators(placement));
    spec.put(
        "strategy",
        table(
            "type",
            "RollingSync",
            "rollingSync",
            Map.of("steps", List.of(step(FIRST), step(SECOND)))));
    spec.put("template", template(placement.name()));
    set.put("spec", spec);
    return List.of(RenderedFile.beside("application-set.yaml", writer.writeValues(set)));
  }

  private static Map<String, Object> step(String name) {
    Map<String, Object> expression = new LinkedHashMap<>();
    expression.put("key", STEP);
    expression.put("operator", "In");
    expression.put("values", List.of(name));
    return Map.of("matchExpressions", List.of(expression));
  }

  /** All folders of namespaces by one glob: a new tenant's needs no change of this file. */
  private List<Object> generators(Placement placement) {
    Set<String> callers =
        placement.files().stream()
            .filter(file -> file.stages().contains(ApplyStage.MESH_ROUTES))
            .flatMap(file -> file.homes().stream())
            .collect(Collectors.toSet());
    List<String> first =
        placement.files().stream()
            .map(PlacedFile::homes)
            .flatMap(Set::stream)
            .filter(home -> !callers.contains(home))
            .distinct()
            .map(home -> folder(placement, folders.of(home)))
            .sorted()
            .toList();
    List<Object> second = new ArrayList<>();
    second.add(Map.of("path", folder(placement, folders.namespaces()) + "/*"));
    first.stream()
        .filter(path -> path.startsWith(folder(placement, folders.namespaces()) + "/"))
        .forEach(path -> second.add(table("path", path, "exclude", true)));
    List<Object> generators = new ArrayList<>();
    if (!first.isEmpty()) {
      generators.add(
          generator(first.stream().<Object>map(path -> Map.of("path", path)).toList(), FIRST));
    }
    generators.add(generator(second, SECOND));
    return generators;
  }

  private String folder(Placement placement, String path) {
    return delivery.pathOf(placement.name()) + "/" + path.substring(0, path.length() - 1);
  }

  private Map<String, Object> generator(List<Object> directories, String step) {
    Map<String, Object> git = new LinkedHashMap<>();
    git.put("repoURL", delivery.repository());
    git.put("revision", delivery.branch());
    git.put("directories", directories);
    git.put("values", Map.of("step", step));
    return Map.of("git", git);
  }

  private Map<String, Object> template(String name) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("repoURL", delivery.repository());
    source.put("targetRevision", delivery.branch());
    source.put("path", "{{ .path.path }}");
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("project", "default");
    spec.put("source", source);
    spec.put("destination", Map.of("server", "https://kubernetes.default.svc"));
    // What a definition no longer says is no longer open.
    spec.put("syncPolicy", Map.of("automated", table("prune", true, "selfHeal", true)));
    return table(
        "metadata",
        table("name", name + "-{{ .path.basename }}", "labels", Map.of(STEP, "{{ .values.step }}")),
        "spec",
        spec);
  }

  private static Map<String, Object> table(String one, Object first, String other, Object second) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put(one, first);
    table.put(other, second);
    return table;
  }
}
