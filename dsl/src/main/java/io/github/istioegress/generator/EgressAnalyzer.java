package io.github.istioegress.generator;

import io.github.istioegress.analysis.Analysis;
import io.github.istioegress.analysis.Suppressions;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.Setting;
import io.github.istioegress.analysis.report.FindingReport;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.InputCode;
import io.github.istioegress.finding.Location;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.MeshModel;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what will not do as intended, for any manifests. */
public final class EgressAnalyzer {

  private EgressAnalyzer() {}

  /**
   * What to analyze.
   *
   * @param input the manifests
   * @param istioVersion the release; empty for the newest
   * @param outboundTrafficPolicy the policy of a mesh of which the manifests say nothing
   * @param isolated true where tenants are to be kept apart, whatever the manifests look like
   * @param suppress codes, or {@code code@Kind/namespace/name}, that nobody wants to hear of
   */
  public record Request(
      List<SourceFile> input,
      Optional<IstioVersion> istioVersion,
      OutboundTrafficPolicy outboundTrafficPolicy,
      boolean isolated,
      List<String> suppress) {}

  /**
   * Reads and judges a set. It throws nothing for what the manifests hold.
   *
   * @throws IllegalArgumentException when a suppression is not of the documented form
   */
  public static FindingReport analyze(Request request) {
    ReadManifests read = new ManifestReader().read(request.input());
    IstioVersion version = request.istioVersion().orElse(IstioVersion.V1_31);
    List<Finding> findings = new ArrayList<>(read.findings());
    // What was lost in reading would be missed, so nothing is said of the rest.
    boolean lost = findings.stream().anyMatch(one -> one.isError() && one.resource().isEmpty());
    if (!lost) {
      findings.addAll(judged(request, read, version));
    }
    Map<String, String> sources = new HashMap<>();
    request.input().forEach(file -> sources.put(file.name(), file.text()));
    Suppressions suppressions = Suppressions.of(request.suppress(), read.resources());
    List<Finding> remaining = suppressions.apply(findings);
    return new FindingReport(
        version.toString(),
        remaining,
        suppressions.count(),
        suppressions.unused(),
        suppressions.remarks(),
        sources);
  }

  private static List<Finding> judged(Request request, ReadManifests read, IstioVersion version) {
    MeshFacts facts;
    try {
      facts = MeshFacts.of(read.resources(), request.outboundTrafficPolicy());
    } catch (IllegalArgumentException e) {
      return List.of(unreadable(read.resources(), String.valueOf(e.getMessage())));
    }
    Set<Subject> broken = new HashSet<>();
    read.findings().stream()
        .filter(Finding::isError)
        .forEach(finding -> finding.resource().ifPresent(broken::add));
    AnalysisContext context = context(read.resources(), facts, request.isolated(), version);
    return Analysis.of(context).stream()
        // A resource that was read in part is not what it was meant to be.
        .filter(finding -> finding.resource().filter(broken::contains).isEmpty())
        .filter(finding -> finding.related().stream().noneMatch(broken::contains))
        .toList();
  }

  private static AnalysisContext context(
      ResourceSet resources, MeshFacts facts, boolean isolated, IstioVersion version) {
    // A gateway is assumed only where nobody can tell that it is not there.
    Set<String> shown = new HashSet<>();
    resources.of(ResourceKind.SERVICE).forEach(service -> shown.add(service.key().namespace()));
    facts.gateways().forEach(gateway -> shown.add(gateway.namespace()));
    List<GatewayWorkload> assumed =
        AssumedGateways.of(resources, facts.gateways()).stream()
            .filter(gateway -> !shown.contains(gateway.namespace()))
            .toList();
    List<GatewayWorkload> gateways = new ArrayList<>(facts.gateways());
    gateways.addAll(assumed);
    return new AnalysisContext(
        resources,
        MeshModel.of(resources, gateways, facts.config(), version),
        new Setting(facts.said(), facts.gateways(), assumed, isolated, Set.of()));
  }

  private static Finding unreadable(ResourceSet resources, String why) {
    return resources.of(ResourceKind.CONFIG_MAP).stream()
        .filter(map -> map.key().name().equals("istio"))
        .findFirst()
        .map(
            map ->
                InputCode.WRONG_TYPE
                    .at(
                        Manifest.location(map, "data.mesh"),
                        map.key(),
                        why,
                        "data.mesh",
                        "a mesh config as Istio's reference has it")
                    .about(Manifest.subject(map.key()), "data.mesh"))
        .orElseGet(
            () ->
                InputCode.WRONG_TYPE.at(
                    Location.file(""), "The mesh config", why, "it", "what Istio's reference has"));
  }
}
