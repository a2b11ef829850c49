package io.github.istioegress.trace.registry;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a workload says of its pods, as far as it bears on who they are and who takes their calls.
 *
 * @param labels their labels
 * @param annotations their annotations
 * @param serviceAccount their service account
 * @param hostNetwork true where they are on their node's network
 * @param containers their containers, those of the start included
 * @param runAsUser the user that all run as; empty where unsaid
 */
public record PodTemplate(
    Map<String, String> labels,
    Map<String, String> annotations,
    String serviceAccount,
    boolean hostNetwork,
    List<One> containers,
    Optional<Long> runAsUser) {

  /** Where Istio's gateway template is asked for ({@code inject.istio.io/templates}). */
  private static final String TEMPLATES = "inject.istio.io/templates";

  /**
   * A container.
   *
   * @param name its name
   * @param args what it is started with
   * @param runAsUser the user it runs as; empty where unsaid
   */
  public record One(String name, List<String> args, Optional<Long> runAsUser) {}

  /** The pods of a resource; empty where it has none. */
  public static Optional<PodTemplate> of(Object object) {
    if (object instanceof Pod pod) {
      return Optional.of(of(pod, Objects.requireNonNullElseGet(pod.getSpec(), PodSpec::new)));
    }
    if (!(object instanceof GenericKubernetesResource generic)) {
      return Optional.empty();
    }
    return switch (generic.getKind()) {
      case "Deployment", "StatefulSet", "DaemonSet", "Job", "ReplicaSet" ->
          template(generic.get("spec", "template"));
      case "CronJob" -> template(generic.get("spec", "jobTemplate", "spec", "template"));
      default -> Optional.empty();
    };
  }

  /** True where its proxy is a gateway, and no sidecar. */
  public boolean isRouter() {
    return annotations.getOrDefault(TEMPLATES, "").contains("gateway")
        || containers.stream().anyMatch(one -> one.args().contains("router"));
  }

  /** True where the sidecar stands in the manifest itself. */
  public boolean hasProxy() {
    return containers.stream().anyMatch(one -> one.name().equals("istio-proxy"));
  }

  /** The container that runs as a user, the proxy left out; empty where none does. */
  public Optional<String> runningAs(long user) {
    return containers.stream()
        .filter(one -> !one.name().equals("istio-proxy"))
        .filter(one -> one.runAsUser().or(this::runAsUser).filter(u -> u == user).isPresent())
        .map(One::name)
        .findFirst();
  }

  private static PodTemplate of(Pod pod, PodSpec spec) {
    List<One> containers = new ArrayList<>();
    Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
        .forEach(container -> containers.add(one(container)));
    return new PodTemplate(
        Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of()),
        Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of()),
        account(spec.getServiceAccountName()),
        Boolean.TRUE.equals(spec.getHostNetwork()),
        containers,
        spec.getSecurityContext() == null
            ? Optional.empty()
            : Optional.ofNullable(spec.getSecurityContext().getRunAsUser()));
  }

  private static One one(Container container) {
    return new One(
        Objects.requireNonNullElse(container.getName(), ""),
        container.getArgs(),
        container.getSecurityContext() == null
            ? Optional.empty()
            : Optional.ofNullable(container.getSecurityContext().getRunAsUser()));
  }

  private static Optional<PodTemplate> template(@Nullable Object said) {
    if (!(said instanceof Map<?, ?> template)) {
      return Optional.empty();
    }
    Map<?, ?> metadata = table(template.get("metadata"));
    Map<?, ?> spec = table(template.get("spec"));
    List<One> containers = new ArrayList<>();
    Stream.of("containers", "initContainers")
        .flatMap(field -> list(spec.get(field)).stream())
        .map(PodTemplate::table)
        .forEach(
            one ->
                containers.add(
                    new One(
                        String.valueOf(one.get("name")),
                        list(one.get("args")).stream().map(String::valueOf).toList(),
                        user(one))));
    return Optional.of(
        new PodTemplate(
            texts(metadata.get("labels")),
            texts(metadata.get("annotations")),
            account(spec.get("serviceAccountName")),
            Boolean.TRUE.equals(spec.get("hostNetwork")),
            containers,
            user(spec)));
  }

  private static Optional<Long> user(Map<?, ?> owner) {
    return table(owner.get("securityContext")).get("runAsUser") instanceof Number user
        ? Optional.of(user.longValue())
        : Optional.empty();
  }

  /** What says no service account runs under the one named default. */
  private static String account(@Nullable Object said) {
    return said == null || said.toString().isEmpty() ? "default" : said.toString();
  }

  private static Map<?, ?> table(@Nullable Object said) {
    return said instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object said) {
    return said instanceof List<?> list ? list : List.of();
  }

  private static Map<String, String> texts(@Nullable Object said) {
    Map<String, String> texts = new TreeMap<>();
    table(said).forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
    return texts;
  }
}
