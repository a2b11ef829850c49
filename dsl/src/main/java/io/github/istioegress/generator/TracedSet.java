package io.github.istioegress.generator;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A set of manifests that is read and ready to be traced.
 *
 * @param resources the manifests
 * @param calls the calls that are asked for, in order
 * @param assumed the gateways that no manifest shows and that are taken to be there
 * @param tracer the tracer of the manifests
 * @param version the release whose choices hold
 * @param problems what of the manifests could not be read or was lost
 */
record TracedSet(
    ResourceSet resources,
    List<Call> calls,
    List<GatewayWorkload> assumed,
    Tracer tracer,
    IstioVersion version,
    List<Finding> problems) {

  private static final Set<ResourceKind> EGRESS =
      Set.of(ResourceKind.SERVICE_ENTRY, ResourceKind.VIRTUAL_SERVICE);

  /**
   * Reads what a request is about.
   *
   * @throws IllegalArgumentException when the request is not of the documented form, or the
   *     manifests cannot be read
   */
  static TracedSet of(EgressExplainer.Request request) {
    ReadManifests read = new ManifestReader().read(request.input());
    List<Finding> errors = read.findings().stream().filter(Finding::isError).toList();
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("\n", errors.stream().map(Finding::toString).toList()));
    }
    List<Call> calls = new ArrayList<>();
    List<GatewayWorkload> gateways = new ArrayList<>();
    request
        .calls()
        .map(CallsFile::read)
        .ifPresent(
            file -> {
              calls.addAll(file.calls());
              gateways.addAll(file.gateways());
            });
    if (!request.call().isEmpty()) {
      calls.add(Call.to(caller(request.from(), read.resources()), request.call()));
    }
    MeshFacts facts = MeshFacts.of(read.resources(), request.outboundTrafficPolicy());
    facts.gateways().stream()
        .filter(g -> gateways.stream().noneMatch(t -> t.serviceHost().equals(g.serviceHost())))
        .toList()
        .forEach(gateways::add);
    List<GatewayWorkload> assumed =
        request.missingGateways() == EgressExplainer.MissingGateways.ARE_ASSUMED
            ? AssumedGateways.of(read.resources(), gateways)
            : List.of();
    gateways.addAll(assumed);
    IstioVersion version = request.istioVersion().orElse(IstioVersion.V1_31);
    Tracer tracer = Tracer.of(read.resources(), gateways, facts.config(), version);
    return new TracedSet(
        read.resources(), List.copyOf(calls), assumed, tracer, version, read.findings());
  }

  /** Resources that play no part in the answers, though they may in a mesh. */
  List<String> notConsidered() {
    return NotConsidered.of(resources, tracer.unread());
  }

  private static Caller caller(String from, ResourceSet resources) {
    if (!from.isEmpty()) {
      return Caller.parse(from);
    }
    List<String> namespaces =
        resources.all().stream()
            .filter(resource -> EGRESS.contains(resource.kind()))
            .map(resource -> resource.key().namespace())
            .distinct()
            .toList();
    if (namespaces.size() != 1) {
      throw new IllegalArgumentException(
          "say who calls, as namespace or namespace/key=value: the manifests have %s"
              .formatted(namespaces.isEmpty() ? "no namespace with egress" : namespaces));
    }
    return Caller.in(namespaces.get(0));
  }
}
