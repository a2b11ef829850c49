package io.github.istioegress.intent;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The API server refuses Istio's resources for hosts that are not the namespace's own, whoever
 * writes them but the one who deploys this plan (ValidatingAdmissionPolicy, Kubernetes 1.30).
 *
 * <p>What a namespace may name stands in an annotation of the Namespace: the roles that are given
 * out for a namespace, {@code edit} and {@code admin} among them, may not write it.
 *
 * @param users who may write everything all the same, as the API server names them
 * @param groups groups of such
 */
public record AdmissionGuard(List<String> users, List<String> groups) {

  /** The label of a Namespace by which the policy is bound to it. */
  public static final String LABEL = "istioegress.github.io/admission";

  /** Its value. */
  public static final String OWN_HOSTS = "own-hosts";

  /** The annotation of a Namespace that has its hosts, with commas between them. */
  public static final String HOSTS = "istioegress.github.io/hosts";

  /** All annotations of an object may have 256 KiB; other tools have some, too. */
  private static final int LONGEST = 200 * 1024;

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException when nobody could deploy, or a name has control characters
   */
  public AdmissionGuard {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    if (users.isEmpty() && groups.isEmpty()) {
      throw new IllegalArgumentException(
          "nobody may deploy past the guard: say deployedByServiceAccount(...) or deployedByGroup(...)");
    }
    Stream.concat(users.stream(), groups.stream())
        .filter(name -> name.isBlank() || name.chars().anyMatch(Character::isISOControl))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "'%s' is no name of who deploys: say it as the API server does".formatted(name));
            });
  }

  /**
   * Past it goes a service account, such as that of a GitOps controller.
   *
   * @throws IllegalArgumentException when one of the names is no DNS label
   */
  public static AdmissionGuard deployedByServiceAccount(String namespace, String name) {
    Names.checkLabel("namespace", namespace);
    Names.checkResourceName("service account", name);
    return new AdmissionGuard(
        List.of("system:serviceaccount:" + namespace + ":" + name), List.of());
  }

  /** Past it goes a group of people or machines. */
  public static AdmissionGuard deployedByGroup(String group) {
    return new AdmissionGuard(List.of(), List.of(group));
  }

  /** The same with more who go past it. */
  public AdmissionGuard or(AdmissionGuard other) {
    return new AdmissionGuard(
        Stream.concat(users.stream(), other.users.stream()).distinct().toList(),
        Stream.concat(groups.stream(), other.groups.stream()).distinct().toList());
  }

  /**
   * The annotation of a Namespace.
   *
   * @throws IllegalArgumentException when its hosts are more than an annotation holds
   */
  public Map<String, String> annotations(NamespaceEgress said) {
    String hosts =
        said.hosts().stream()
            .map(host -> host.host().name())
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(","));
    if (hosts.length() > LONGEST) {
      throw new IllegalArgumentException(
          "namespace %s names %s hosts, more than the guard's annotation holds: give some of them to another namespace, or guard nothing"
              .formatted(said.namespace().name(), said.hosts().size()));
    }
    return Map.of(HOSTS, hosts);
  }
}
