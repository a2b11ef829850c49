package io.github.istioegress.analysis.hygiene;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HygieneCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR702, EGR706 and EGR707: versions of the API that are old or not stable, and kinds that the
 * target release does not read.
 */
final class VersionAnalyzer implements Analyzer {

  /** Kinds that Istio serves in no stable version. */
  private static final Set<String> ALPHA_ALONE = Set.of("EnvoyFilter", "WasmPlugin", "Telemetry");

  /** What became of each old version in the Gateway API. */
  private static final Map<String, String> OLD_OF_GATEWAY_API =
      Map.of(
          "TLSRoute gateway.networking.k8s.io/v1alpha2", "gateway.networking.k8s.io/v1",
          "TLSRoute gateway.networking.k8s.io/v1alpha3", "gateway.networking.k8s.io/v1",
          "BackendTLSPolicy gateway.networking.k8s.io/v1alpha3", "gateway.networking.k8s.io/v1");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Set<ResourceKey> unread = new HashSet<>(context.model().tracer().unread());
    for (Resource resource : context.resources().all()) {
      String kind = resource.key().kind();
      String version = resource.object().getApiVersion();
      if (kind.equals("EnvoyFilter")) {
        out.accept(
            Manifest.finding(
                resource, HygieneCode.ALPHA_FEATURE, "kind", resource.key(), "an EnvoyFilter"));
      }
      String better = better(kind, resource.key().group(), version);
      // Up to 1.21 the stable version is not served at all.
      if (!better.isEmpty() && context.model().version().atLeast(IstioVersion.V1_22)) {
        out.accept(
            Manifest.finding(
                resource, HygieneCode.OLD_VERSION, "apiVersion", resource.key(), version, better));
      }
      if (unread.contains(resource.key()) && isRoute(kind)) {
        out.accept(
            Manifest.finding(
                    resource,
                    HygieneCode.NEWER_THAN_TARGET,
                    "kind",
                    resource.key(),
                    context.model().version(),
                    kind)
                .as(Severity.INFO));
      }
    }
  }

  private static boolean isRoute(String kind) {
    return kind.endsWith("Route") || kind.equals("BackendTLSPolicy");
  }

  /** The version to write instead; empty where this one is right. */
  private static String better(String kind, String group, String version) {
    boolean istio = group.equals("networking.istio.io") || group.equals("security.istio.io");
    if (istio) {
      return version.endsWith("/v1") || ALPHA_ALONE.contains(kind) ? "" : group + "/v1";
    }
    return OLD_OF_GATEWAY_API.getOrDefault(kind + " " + version, "");
  }
}
