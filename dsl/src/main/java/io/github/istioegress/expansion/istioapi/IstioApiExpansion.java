package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.api.networking.v1alpha3.SubsetBuilder;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.GatewayBuilder;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.github.istioegress.intent.AdmissionGuard;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.PlanFacts;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expands sentences into ServiceEntry, Gateway, DestinationRule and VirtualService. */
public final class IstioApiExpansion {

  private static final List<EgressPattern> PATTERNS =
      List.of(
          new DirectEgress(),
          new ForwardProxyTunnel(),
          new TunnelBehindEgressGateway(),
          new HttpThroughEgressGateway(),
          new TlsPassthroughThroughEgressGateway(),
          new BytesThroughEgressGateway());

  private final String apiVersion;
  private final NamespaceEgress said;
  private final NamespaceResources gathered;
  private final Optional<AdmissionGuard> guard;

  private IstioApiExpansion(
      String apiVersion,
      NamespaceEgress said,
      MutualServers mutual,
      Optional<AdmissionGuard> guard) {
    this.guard = guard;
    this.apiVersion = apiVersion;
    this.said = said;
    this.gathered = new NamespaceResources(said, mutual);
  }

  /**
   * Adds the resources of every namespace of a plan.
   *
   * @param facts what the whole says of its gateways, where the plan is a part of it
   * @throws IllegalArgumentException when two sentences would make one resource with different
   *     content
   */
  public static void expand(EgressPlan plan, PlanFacts facts, ResourceSet.Builder into) {
    String apiVersion = networkingApi(plan.mesh().version());
    MutualServers mutual = new MutualServers(plan.namespaces());
    for (NamespaceEgress said : plan.namespaces()) {
      new IstioApiExpansion(apiVersion, said, mutual, plan.mesh().guard()).addTo(into);
    }
    mutual.resources(apiVersion).forEach(into::add);
    OutsideRule.of(apiVersion, plan).forEach(into::add);
    GatewayPolicies.of(plan, facts).forEach(into::add);
    GatewayTelemetry.of(plan).forEach(into::add);
  }

  /** The API version that a release serves: the newest that all of its clients know. */
  static String networkingApi(IstioVersion target) {
    String version =
        target.atLeast(IstioVersion.V1_22)
            ? "v1"
            : target.compareTo(IstioVersion.V1_7) > 0 ? "v1beta1" : "v1alpha3";
    return "networking.istio.io/" + version;
  }

  private void addTo(ResourceSet.Builder into) {
    into.add(namespace());
    NamespaceSidecar.of(apiVersion, said).ifPresent(into::add);
    for (HostEgress host : said.hosts()) {
      if (host.intents().get(0).path().waypoint().isPresent()) {
        // It lies with its waypoint.
        continue;
      }
      host.intents().stream()
          .filter(IstioApiExpansion::isOwn)
          .forEach(intent -> pattern(intent).emit(host, intent, gathered));
      String base = gathered.baseName(host);
      new HostEntries(apiVersion, said.namespace().name())
          .of(host, base, gathered.exportTo(host), gathered.gatewayNamespaces(host))
          .forEach(into::add);
      new VirtualServices(apiVersion, said, gathered).of(host).forEach(into::add);
    }
    // A sentence to the proxy itself makes the same entry, with its other ports.
    gathered.proxies().entries(apiVersion).stream()
        .filter(entry -> said.hosts().stream().noneMatch(host -> isOf(entry, host)))
        .forEach(into::add);
    gathered.proxies().rules(apiVersion).forEach(into::add);
    for (EgressGateway gateway : said.gateways()) {
      if (gateway.flavor() != GatewayFlavor.ISTIO_API) {
        continue;
      }
      if (!gathered.servers(gateway).isEmpty()) {
        into.add(gateway(gateway));
      }
      into.add(destinationRule(gateway));
    }
  }

  private static boolean isOf(ServiceEntry entry, HostEgress host) {
    return entry.getSpec().getHosts().contains(host.host().name());
  }

  /** True where the way is written in Istio's own APIs; the host's entry is in any case. */
  static boolean isOwn(EgressIntent intent) {
    return intent
        .path()
        .gateway()
        .map(gateway -> gateway.flavor() == GatewayFlavor.ISTIO_API)
        .orElse(true);
  }

  /** The pattern of a sentence; each has exactly one. */
  static EgressPattern pattern(EgressIntent intent) {
    List<EgressPattern> fitting =
        PATTERNS.stream().filter(pattern -> pattern.accepts(intent)).toList();
    if (fitting.size() != 1) {
      throw new IllegalStateException(intent + " is of " + fitting.size() + " patterns, not one");
    }
    return fitting.get(0);
  }

  private io.fabric8.kubernetes.api.model.Namespace namespace() {
    NamespaceBuilder made =
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(said.namespace().name())
            .withLabels(said.namespace().labels())
            .endMetadata();
    guard.ifPresent(
        by ->
            made.editMetadata()
                .addToLabels(AdmissionGuard.LABEL, AdmissionGuard.OWN_HOSTS)
                .withAnnotations(by.annotations(said))
                .endMetadata());
    return made.build();
  }

  private Gateway gateway(EgressGateway gateway) {
    return new GatewayBuilder()
        .withApiVersion(apiVersion)
        .withNewMetadata()
        .withName(gathered.gatewayName(gateway))
        .withNamespace(said.namespace().name())
        .endMetadata()
        .withNewSpec()
        .withSelector(gateway.labels())
        .withServers(List.copyOf(gathered.servers(gateway)))
        .endSpec()
        .build();
  }

  private DestinationRule destinationRule(EgressGateway gateway) {
    boolean adopted =
        said.hosts().stream()
            .filter(host -> host.gateways().contains(gateway))
            .allMatch(host -> host.visibility() == Visibility.MESH_DEFAULT);
    DestinationRuleBuilder rule =
        new DestinationRuleBuilder()
            .withApiVersion(apiVersion)
            .withNewMetadata()
            .withName(gathered.destinationRuleName(gateway))
            .withNamespace(said.namespace().name())
            .endMetadata()
            .withNewSpec()
            .withHost(gateway.serviceHost())
            .endSpec();
    gathered
        .subsets(gateway)
        .forEach(
            (name, sniByPort) -> rule.editSpec().addToSubsets(subset(name, sniByPort)).endSpec());
    if (!adopted) {
      // A sidecar takes the rule of its own namespace first, so nobody else needs to see it.
      rule.editSpec().withExportTo(".").endSpec();
    }
    return rule.build();
  }

  private static Subset subset(String name, Map<Integer, String> sniByPort) {
    SubsetBuilder subset = new SubsetBuilder().withName(name);
    sniByPort.forEach(
        (port, sni) ->
            subset
                .editOrNewTrafficPolicy()
                .addNewPortLevelSetting()
                .withNewPort((long) port)
                .withNewTls()
                .withMode(ClientTLSSettingsTLSmode.ISTIO_MUTUAL)
                .withSni(sni)
                .endTls()
                .endPortLevelSetting()
                .endTrafficPolicy());
    return subset.build();
  }
}
