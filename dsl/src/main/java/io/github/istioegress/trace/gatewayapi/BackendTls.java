package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.PortSelector;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyValidation;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.LocalPolicyTargetReferenceWithSectionName;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Derived;
import io.github.istioegress.trace.registry.Metadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What istiod makes of BackendTLSPolicies: a DestinationRule for each host of each target. */
final class BackendTls {

  private static final String ANY_PORT = "";

  /** A target's host. */
  private record Target(Reference to, String host) {}

  private final ResourceSet resources;

  /** Prepares the translation for the manifests, with the Services that istiod makes. */
  BackendTls(ResourceSet resources) {
    this.resources = resources;
  }

  List<Resource> rules() {
    Map<Target, Map<String, Resource>> policies = new LinkedHashMap<>();
    resources.of(ResourceKind.BACKEND_TLS_POLICY).stream()
        .sorted(
            Comparator.comparing((Resource r) -> Metadata.created(r.object()))
                .thenComparing(r -> r.key().namespace())
                .thenComparing(r -> r.key().name()))
        .forEach(resource -> add(resource, policies));
    List<Resource> rules = new ArrayList<>();
    policies.forEach((target, byPort) -> rules.add(rule(target, byPort)));
    return rules;
  }

  /** For one port of one target the oldest policy stands. */
  private void add(Resource resource, Map<Target, Map<String, Resource>> policies) {
    BackendTLSPolicy policy = (BackendTLSPolicy) resource.object();
    if (policy.getSpec() == null || policy.getSpec().getValidation() == null) {
      return;
    }
    for (LocalPolicyTargetReferenceWithSectionName ref : policy.getSpec().getTargetRefs()) {
      Reference to =
          new Reference(
              Objects.requireNonNullElse(ref.getGroup(), ""),
              Objects.requireNonNullElse(ref.getKind(), ""),
              resource.key().namespace(),
              ref.getName());
      String port = Objects.requireNonNullElse(ref.getSectionName(), ANY_PORT);
      if (port.equals(ANY_PORT) || ports(to).containsKey(port)) {
        for (String host : hosts(to)) {
          policies
              .computeIfAbsent(new Target(to, host), t -> new LinkedHashMap<>())
              .putIfAbsent(port, resource);
        }
      }
    }
  }

  private List<String> hosts(Reference to) {
    if (to.isService()) {
      return service(to).map(found -> to.serviceHost()).toList();
    }
    return entry(to).flatMap(found -> found.getSpec().getHosts().stream()).toList();
  }

  /** The numbers of a target's ports by their names. */
  private Map<String, Integer> ports(Reference to) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    service(to)
        .forEach(
            found ->
                found.getSpec().getPorts().stream()
                    .filter(port -> port.getName() != null)
                    .forEach(port -> ports.put(port.getName(), port.getPort())));
    entry(to)
        .forEach(
            found ->
                found
                    .getSpec()
                    .getPorts()
                    .forEach(port -> ports.put(port.getName(), Metadata.number(port.getNumber()))));
    return ports;
  }

  private Stream<Service> service(Reference to) {
    return to.isService()
        ? resources.find(ResourceKind.SERVICE.key(to.namespace(), to.name())).stream()
            .map(found -> (Service) found.object())
            .filter(found -> found.getSpec() != null)
        : Stream.of();
  }

  private Stream<ServiceEntry> entry(Reference to) {
    return to.isServiceEntry()
        ? resources.find(ResourceKind.SERVICE_ENTRY.key(to.namespace(), to.name())).stream()
            .map(found -> (ServiceEntry) found.object())
            .filter(found -> found.getSpec() != null)
        : Stream.of();
  }

  private Resource rule(Target target, Map<String, Resource> byPort) {
    TrafficPolicy policy = new TrafficPolicy();
    List<TrafficPolicyPortTrafficPolicy> ports = new ArrayList<>();
    byPort.forEach(
        (port, resource) -> {
          ClientTLSSettings tls = tls((BackendTLSPolicy) resource.object());
          if (port.equals(ANY_PORT)) {
            policy.setTls(tls);
          } else {
            TrafficPolicyPortTrafficPolicy own = new TrafficPolicyPortTrafficPolicy();
            own.setPort(new PortSelector(ports(target.to()).getOrDefault(port, 0).longValue()));
            own.setTls(tls);
            ports.add(own);
          }
        });
    policy.setPortLevelSettings(ports);
    Resource first = byPort.values().iterator().next();
    String host = target.to().isService() ? "" : "~" + target.host().replace('.', '-');
    return new Resource(
        new DestinationRuleBuilder()
            .withNewMetadata()
            .withName(target.to().name() + host + "~" + Parent.MADE)
            .withNamespace(target.to().namespace())
            .endMetadata()
            .withNewSpec()
            .withHost(target.host())
            .withTrafficPolicy(policy)
            .endSpec()
            .build(),
        Derived.from(first, "spec")
            .with("spec.trafficPolicy", Decision.of(first, "spec.validation")));
  }

  private static ClientTLSSettings tls(BackendTLSPolicy policy) {
    BackendTLSPolicyValidation said = policy.getSpec().getValidation();
    ClientTLSSettings tls = new ClientTLSSettings();
    tls.setMode(ClientTLSSettingsTLSmode.SIMPLE);
    tls.setSni(said.getHostname());
    tls.setSubjectAltNames(
        said.getSubjectAltNames().stream()
            .map(name -> text("URI".equals(name.getType()) ? name.getUri() : name.getHostname()))
            .toList());
    if (said.getWellKnownCACertificates() == null && !said.getCaCertificateRefs().isEmpty()) {
      tls.setCredentialName(
          "configmap://"
              + Metadata.namespace(policy)
              + "/"
              + said.getCaCertificateRefs().get(0).getName());
    }
    return tls;
  }

  private static String text(@Nullable String said) {
    return Objects.requireNonNullElse(said, "");
  }
}
