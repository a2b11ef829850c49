package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.GatewayWorkload;
import io.github.istioegress.trace.registry.Metadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Finds the places that routes name as their parents, as far as these let them in. */
final class Attachments {

  private final ResourceSet resources;
  private final List<GatewayWorkload> told;
  private final Map<Reference, List<Parent>> listeners;

  /**
   * Prepares the search.
   *
   * @param resources the manifests, with the Services that istiod makes
   * @param told gateways whose Services are not among them
   * @param listeners the listeners of each Gateway
   */
  Attachments(
      ResourceSet resources, List<GatewayWorkload> told, Map<Reference, List<Parent>> listeners) {
    this.resources = resources;
    this.told = told;
    this.listeners = listeners;
  }

  /**
   * The places a route holds at, in Istio's order.
   *
   * @param kind the route's kind
   * @param refs its parents
   * @param hostnames its hostnames; none for any
   * @param home its namespace
   */
  List<Attachment> of(
      String kind, List<ParentReference> refs, List<String> hostnames, String home) {
    List<Attachment> attachments = new ArrayList<>();
    refs.stream()
        .sorted(Comparator.comparing((ParentReference ref) -> text(ref, home)))
        .forEach(ref -> attachments.addAll(of(kind, ref, hostnames, home)));
    attachments.sort(Comparator.comparing(Attachment::name));
    return attachments;
  }

  private static String text(ParentReference ref, String home) {
    Reference to = reference(ref, home);
    return String.join(
        "/",
        to.group(),
        to.kind(),
        to.name(),
        Objects.requireNonNullElse(ref.getSectionName(), ""),
        Metadata.number(ref.getPort()) + "." + to.namespace());
  }

  private static Reference reference(ParentReference ref, String home) {
    return Reference.parent(ref.getGroup(), ref.getKind(), ref.getNamespace(), ref.getName(), home);
  }

  private List<Attachment> of(
      String kind, ParentReference ref, List<String> hostnames, String home) {
    Reference to = reference(ref, home);
    int port = Metadata.number(ref.getPort());
    if (to.isService() && isThere(to)) {
      return List.of(new Attachment(Optional.empty(), List.of(to.serviceHost()), port, Set.of()));
    }
    if (to.isServiceEntry()) {
      return resources.find(ResourceKind.SERVICE_ENTRY.key(to.namespace(), to.name())).stream()
          .map(resource -> ((ServiceEntry) resource.object()).getSpec())
          .filter(Objects::nonNull)
          .map(spec -> new Attachment(Optional.empty(), spec.getHosts(), port, Set.of()))
          .toList();
    }
    List<Parent> all = listeners.getOrDefault(to, List.of());
    List<String> hosts = hostnames.isEmpty() ? List.of("*") : hostnames;
    return all.stream()
        .filter(parent -> port == 0 || port == parent.port())
        .filter(
            parent ->
                ref.getSectionName() == null
                    || ref.getSectionName().isEmpty()
                    || ref.getSectionName().equals(parent.listener().getName()))
        .filter(parent -> parent.takes(kind, hostnames, home))
        .map(parent -> new Attachment(Optional.of(parent), hosts, 0, taken(parent, all)))
        .toList();
  }

  /** True where istiod finds a backend; a host only where the route's own namespace has it. */
  boolean has(Backend backend, String home) {
    Reference to = backend.to();
    boolean named = to.group().equals(Reference.ISTIO) && to.kind().equals("Hostname");
    if (!named) {
      return isThere(new Reference("", "Service", to.namespace(), to.name()));
    }
    boolean declared =
        resources.of(ResourceKind.SERVICE_ENTRY).stream()
            .filter(entry -> entry.key().namespace().equals(home))
            .map(entry -> ((ServiceEntry) entry.object()).getSpec())
            .anyMatch(spec -> spec != null && spec.getHosts().contains(to.name()));
    return declared
        || resources.of(ResourceKind.SERVICE).stream()
            .map(service -> new Reference("", "Service", home, service.key().name()))
            .anyMatch(service -> service.serviceHost().equals(to.name()) && isThere(service));
  }

  private boolean isThere(Reference service) {
    return resources.find(ResourceKind.SERVICE.key(service.namespace(), service.name())).isPresent()
        || told.stream().anyMatch(gateway -> gateway.serviceHost().equals(service.serviceHost()));
  }

  private static Set<String> taken(Parent own, List<Parent> all) {
    Set<String> taken = new HashSet<>();
    for (Parent parent : all) {
      if (parent.port() == own.port()
          && parent.protocol().equals(own.protocol())
          && !parent.hostname().equals(own.hostname())) {
        taken.add(parent.hostname());
      }
    }
    return taken;
  }
}
